import { connectToEmulator } from '@/bridge-worker/testing/whatsapp-emulator/client'
import { expect, findBarriers, freshName, test } from './journey'
import { ChannelsPage } from './pages/channels-page'
import { PhonePage } from './pages/phone-page'
import { SignUpPage } from './pages/sign-up-page'
import { WelcomePage } from './pages/welcome-page'

const owner = () => ({
  country: 'CO',
  name: 'Rocío Ibarra',
  email: `rocio-${crypto.randomUUID()}@example.com`,
  password: 'pan de queso a las seis',
})

test('a new company answers its first chat without connecting anything', async ({ page, context }) => {
  const company = freshName('Panadería La Nueva')
  const welcome = new WelcomePage(page)
  const phone = new PhonePage(page)

  await test.step('sign-up ends at the choice of a menu, each of which can be tried', async () => {
    await new SignUpPage(page).signUp({ company, ...owner() })
    await expect(welcome.title(`¿A qué se dedica ${company}?`)).toBeVisible()
    await expect(welcome.preview).toContainText('¿Qué cita necesitas?')
    await welcome.choose('Restaurante')
    await expect(welcome.preview).toContainText('Ya pedí y no llega')
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await findBarriers(page), colorScheme).toEqual([])
    }
  })

  await test.step('the chosen menu is the one that answers', async () => {
    await welcome.useMenu()
    await expect(welcome.title(`Escríbele a ${company}`)).toBeFocused()
    await welcome.seeProgress('2 de 7')
    await phone.say('Hola')
    await expect(phone.message(`Soy el asistente de ${company}`)).toHaveCount(1)
    await expect(phone.message('Pedir a domicilio')).toBeVisible()
    await welcome.seeDone('El menú le responde')
  })

  await test.step('whoever asks for a person reaches the owner', async () => {
    await phone.say('persona')
    await expect(welcome.title('Te escribió tu primer cliente')).toBeVisible()
    await welcome.seeDone('El chat llega a una persona')
    await phone.say('¿Abren los domingos?')
    await expect(welcome.inbox.getByText('¿Abren los domingos?')).toBeVisible()
  })

  await test.step('the answer is on the phone, and the list knows', async () => {
    await welcome.answer('Sí, de 7 a 1. ¿Qué te horneamos?')
    await expect(phone.message('Sí, de 7 a 1. ¿Qué te horneamos?')).toBeVisible()
    await expect(welcome.title('Respondiste tu primer chat')).toBeVisible()
    await welcome.seeDone('Responder el primer chat')
    await welcome.seeProgress('6 de 7')
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await findBarriers(page), colorScheme).toEqual([])
    }
  })

  await test.step('it can be left and found again', async () => {
    await page.getByRole('link', { name: 'Seguir después' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Bandeja' })).toBeAttached()
    await welcome.wayBack.click()
    await welcome.seeProgress('6 de 7')
  })

  await test.step('a number connected elsewhere finishes the list while it is looked at', async () => {
    const phones = connectToEmulator(process.env.WHATSAPP_EMULATOR_CONTROL_URL ?? '')
    const slug = new URL(page.url()).pathname.split('/')[1] ?? ''
    const channels = new ChannelsPage(await context.newPage(), slug)
    await channels.open()
    await channels.connectWhatsapp('Mostrador')
    const number = `5730055${Math.floor(10_000 + Math.random() * 89_999)}`
    await phones.scan({ qr: await channels.readCode(), phone: number })
    await channels.seeConnected('Mostrador')
    await welcome.seeProgress('7 de 7')
    await expect(welcome.title('Ya estás listo para atender')).toBeVisible()
    await page.getByRole('link', { name: 'Abrir la bandeja' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Bandeja' })).toBeAttached()
    await expect(welcome.wayBack).toHaveCount(0)
  })
})

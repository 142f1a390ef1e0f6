import { expect, freshName, test } from './journey'
import { InboxPage } from './pages/inbox-page'
import { PhonePage } from './pages/phone-page'
import { SignUpPage } from './pages/sign-up-page'

test('a new company answers its first chat without connecting anything', async ({ page, context }) => {
  const company = freshName('Panadería La Nueva')
  await new SignUpPage(page).signUp({
    company,
    country: 'CO',
    name: 'Rocío Ibarra',
    email: `rocio-${crypto.randomUUID()}@example.com`,
    password: 'pan de queso a las seis',
  })
  await expect(page.getByRole('heading', { level: 1, name: 'Bandeja' })).toBeAttached()
  const slug = new URL(page.url()).pathname.split('/')[1] ?? ''
  const inbox = new InboxPage(page)
  const phone = new PhonePage(await context.newPage())

  await phone.open(slug)
  const customer = await phone.becomeNewPersona()
  await phone.say('Hola')
  await expect(phone.message(`Soy el asistente de ${company}`)).toHaveCount(1)
  await phone.say('asesor')

  await expect(inbox.row(customer)).toContainText('Pendiente')
  await inbox.openChat(customer)
  await inbox.answer('Hola, ¿qué te horneamos?')
  await expect(phone.message('Hola, ¿qué te horneamos?')).toBeVisible()
  await expect(inbox.ticks('Hola, ¿qué te horneamos?', 'Leído')).toBeVisible()
})

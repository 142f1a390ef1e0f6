import type { Page } from '@playwright/test'
import { DEMO_COMPANY, emulatedPhones, expect, findBarriers, freshName, freshNumber, test } from './journey'
import { ChannelsPage } from './pages/channels-page'

const PHONE = { width: 390, height: 844 }
const DESK = { width: 1440, height: 900 }

async function expectNoBarriers(page: Page, name: string): Promise<void> {
  for (const [size, viewport] of Object.entries({ desk: DESK, phone: PHONE })) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme })
      expect.soft(await findBarriers(page), `${name} on a ${size} in ${colorScheme}`).toEqual([])
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect.soft(wide, `${name} on a ${size} is no wider than the screen`).toBeLessThanOrEqual(0)
    }
  }
  await page.setViewportSize(DESK)
}

test('the monitor shows what a number did, and its ledger each message with its life', async ({ openAs }) => {
  const phones = emulatedPhones()
  const company = freshNumber()
  const customer = { number: freshNumber(), name: freshName('Carmen') }
  const name = freshName('Ventas Cali')
  const page = await openAs('hernan')
  const channels = new ChannelsPage(page, DEMO_COMPANY)
  await channels.open()
  await channels.connectWhatsapp(name)
  expect(await phones.scan({ qr: await channels.readCode(), phone: company })).toMatchObject({
    accepted: true,
  })
  await channels.seeConnected(name)
  await phones.say({ to: company, from: customer.number, name: customer.name, text: 'mija, ya consigné' })
  await phones.wait({ what: 'inbox', customer: customer.number, count: 1 })

  const card = page.getByRole('listitem').filter({ hasText: name })
  await test.step('a drop and its return are in the history', async () => {
    await card.getByRole('link', { name: 'Historial' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText(name)
    await expect(page.getByText('Última entrada').first()).toBeVisible()
    await expect(page.getByText('mija, ya consigné')).toBeVisible()
    await phones.drop({ phone: company })
    await expect(page.getByText('Se cayó la conexión')).toBeVisible()
    await expect(page.getByText('Volvió sola')).toBeVisible({ timeout: 20_000 })
    await expectNoBarriers(page, 'the monitor')
  })

  await test.step('each message is in the ledger, none lost and none doubled', async () => {
    await page.getByRole('link', { name: 'Ver cada mensaje' }).click()
    await expect(page.getByText('0 perdidos, 0 duplicados')).toBeVisible()
    const row = page.getByRole('row').filter({ hasText: 'mija, ya consigné' })
    await expect(row).toContainText('Guardado')
    await expect(page.getByRole('row').filter({ hasText: '¿En qué te ayudamos?' })).toContainText('Entregado')
    await expectNoBarriers(page, 'the ledger')
  })

  await test.step('a number that its phone let go says what happens to messages', async () => {
    await page.getByRole('link', { name: 'Canales' }).first().click()
    await card.getByRole('link', { name: 'Historial' }).click()
    await phones.logout({ phone: company })
    await expect(page.getByText('Nada entra ni sale')).toBeVisible()
    await expectNoBarriers(page, 'the monitor of a number that is gone')
  })
})

test('an agent is led away from the monitor', async ({ openAs }) => {
  const page = await openAs('marisol')
  await page.goto(`/${DEMO_COMPANY}/channels/0190a000-0000-7000-8000-000000000001`)
  await expect(page).toHaveURL(new RegExp(`/${DEMO_COMPANY}/channels$`))
})

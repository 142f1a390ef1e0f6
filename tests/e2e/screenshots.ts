import { DEMO_COMPANY, expect, test } from './journey'
import { InboxPage } from './pages/inbox-page'

const PHONE = { width: 390, height: 844 }

const shots = [
  { name: 'inbox', scheme: 'light' },
  { name: 'inbox-dark', scheme: 'dark' },
  { name: 'inbox-phone', scheme: 'light', size: PHONE },
] as const

for (const { name, scheme, ...shot } of shots) {
  test(`docs/pictures/${name}.png`, async ({ openAs }) => {
    const page = await openAs('marisol')
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    const inbox = new InboxPage(page)
    await inbox.open(DEMO_COMPANY)
    await inbox.openChat('Valentina Ríos')
    await expect(inbox.message('Entre 3 y 5 días hábiles.')).toBeVisible()
    if ('size' in shot) await page.setViewportSize(shot.size)
    await page.mouse.move(0, 0)
    await page.screenshot({ path: `docs/pictures/${name}.png`, animations: 'disabled' })
  })
}

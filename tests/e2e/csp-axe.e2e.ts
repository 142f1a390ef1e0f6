import type { Page } from '@playwright/test'
import { DEMO_COMPANY, expect, findBarriers, test } from './journey'
import { InboxPage } from './pages/inbox-page'

type Scheme = 'light' | 'dark'
const SCHEMES: Scheme[] = ['light', 'dark']

async function expectSound(page: Page, path: string, scheme: Scheme): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme })
  const response = await page.goto(path)
  expect(response?.headers()['content-security-policy']).toContain("script-src 'nonce-")
  await expect(page.getByRole('heading', { level: 1 })).toBeAttached()
  // What is still loading would hide barriers, and the policy must hold for it too.
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  expect(await findBarriers(page), `${path} in ${scheme}`).toEqual([])
}

for (const scheme of SCHEMES) {
  for (const [name, path] of Object.entries({ landing: '/', 'sign-in': '/sign-in', 'sign-up': '/sign-up' })) {
    test(`a visitor meets no barrier and no broken policy on ${name} in ${scheme}`, async ({ page }) => {
      await expectSound(page, path, scheme)
    })
  }

  for (const room of ['inbox', 'channels', 'menus', 'simulator', 'settings', 'welcome']) {
    test(`a member meets no barrier and no broken policy in ${room} in ${scheme}`, async ({ openAs }) => {
      await expectSound(await openAs('hernan'), `/${DEMO_COMPANY}/${room}`, scheme)
    })
  }

  test(`an open chat has no barrier in ${scheme}`, async ({ openAs }) => {
    const page = await openAs('marisol')
    await page.emulateMedia({ colorScheme: scheme })
    const inbox = new InboxPage(page)
    await inbox.open(DEMO_COMPANY)
    await inbox.openChat('Valentina Ríos')
    await expect(inbox.message('FV-20418')).toBeVisible()
    expect(await findBarriers(page)).toEqual([])
  })
}

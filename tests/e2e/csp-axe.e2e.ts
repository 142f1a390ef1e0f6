import type { Locator, Page } from '@playwright/test'
import { DEMO_COMPANY, expect, findBarriers, freshName, test } from './journey'
import { ChannelsPage } from './pages/channels-page'
import { InboxPage } from './pages/inbox-page'

type Scheme = 'light' | 'dark'
const SCHEMES: Scheme[] = ['light', 'dark']
const PHONE = { width: 390, height: 844 }

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

  test(`what opens above the inbox has no barrier in ${scheme}`, async ({ openAs }) => {
    const page = await openAs('marisol')
    await page.emulateMedia({ colorScheme: scheme })
    const inbox = new InboxPage(page)
    await inbox.open(DEMO_COMPANY)
    await inbox.openChat('Valentina Ríos')
    const press = (key: string) => () => page.keyboard.press(key)
    const click = (name: string) => () => page.getByRole('button', { name }).click()
    const openings: [name: string, open: () => Promise<void>, opened: Locator][] = [
      ['the list of people to assign to', press('a'), inbox.assignPicker],
      ['the list of teams and people to pass to', press('t'), inbox.passPicker],
      ['the menu of the chat', click('Más acciones'), page.getByRole('menu', { name: 'Más acciones' })],
      ['the order of the list', click('Más espera'), page.getByRole('menu', { name: 'Orden' })],
      ['the account', click('Tu cuenta'), page.getByRole('menu', { name: 'Tu cuenta' })],
      ['the question before resolving', press('e'), page.getByRole('dialog', { name: /todavía espera/ })],
      ['the list of keys', press('?'), page.getByRole('dialog', { name: 'Atajos de teclado' })],
      ['the command bar', press('Control+k'), page.getByPlaceholder('Escribe qué quieres hacer')],
    ]
    for (const [name, open, opened] of openings) {
      await test.step(name, async () => {
        await open()
        await expect(opened).toBeVisible()
        expect.soft(await findBarriers(page), name).toEqual([])
        await page.keyboard.press('Escape')
        await expect(opened).toBeHidden()
      })
    }
  })

  test(`the dialog with the code of a number has no barrier in ${scheme}`, async ({ openAs }) => {
    const page = await openAs('hernan')
    await page.emulateMedia({ colorScheme: scheme })
    const channels = new ChannelsPage(page, DEMO_COMPANY)
    await channels.open()
    await channels.connectWhatsapp(freshName('Ventas'))
    expect(await findBarriers(page)).toEqual([])
  })

  test(`on a phone list, chat and sheets have no barrier in ${scheme}`, async ({ openAs }) => {
    const page = await openAs('marisol')
    await page.emulateMedia({ colorScheme: scheme })
    await page.setViewportSize(PHONE)
    const inbox = new InboxPage(page)
    await page.goto(`/${DEMO_COMPANY}/inbox`)
    await expect(inbox.row('Valentina Ríos')).toBeVisible()
    expect.soft(await findBarriers(page), 'the list').toEqual([])
    await inbox.openChat('Valentina Ríos')
    await expect(inbox.message('FV-20418')).toBeVisible()
    expect.soft(await findBarriers(page), 'the chat').toEqual([])
    const choose = async (item: string) => {
      await page.getByRole('button', { name: 'Más acciones' }).click()
      await page.getByRole('menuitem', { name: item }).click()
    }
    await choose('Pasar')
    await expect(inbox.passPicker).toBeVisible()
    expect.soft(await findBarriers(page), 'the sheet to pass the chat on').toEqual([])
    await page.keyboard.press('Escape')
    await choose('Detalles')
    await expect(inbox.details).toBeVisible()
    expect.soft(await findBarriers(page), 'the details').toEqual([])
  })
}

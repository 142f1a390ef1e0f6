import { expect, type Locator, type Page } from '@playwright/test'

/** The first run: a menu, a chat of one's own, and the list of what is done. */
export class WelcomePage {
  readonly list: Locator
  readonly inbox: Locator

  constructor(readonly page: Page) {
    this.list = page.getByRole('region', { name: 'Para quedar listo' })
    this.inbox = page.getByRole('region', { name: 'Tu bandeja' })
  }

  title(text: string | RegExp): Locator {
    return this.page.getByRole('heading', { level: 1, name: text })
  }

  /** What the phone beside the choice answers. */
  get preview(): Locator {
    return this.page.getByRole('complementary', { name: 'Vista del menú elegido' }).getByRole('log')
  }

  async choose(trade: string): Promise<void> {
    await this.page.getByRole('radio', { name: trade }).check()
  }

  async useMenu(): Promise<void> {
    await this.page.getByRole('button', { name: 'Usar este menú' }).click()
    await expect(this.list).toBeVisible()
  }

  async seeDone(step: string): Promise<void> {
    await expect(this.list.getByRole('listitem').filter({ hasText: step })).toContainText('Listo')
  }

  async seeProgress(progress: string): Promise<void> {
    await expect(this.list.getByRole('status')).toHaveText(progress)
  }

  async answer(text: string): Promise<void> {
    const field = this.inbox.getByRole('textbox', { name: 'Responder' })
    await field.fill(text)
    await field.press('Enter')
  }

  /** From any room, while something is left. */
  get wayBack(): Locator {
    return this.page.getByRole('navigation', { name: 'Principal' }).getByRole('link', {
      name: 'Primeros pasos',
    })
  }
}

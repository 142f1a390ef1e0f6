import { expect, type Locator, type Page } from '@playwright/test'

/** The phone drawn in the page: whoever is signed in writes as a customer. */
export class PhonePage {
  readonly screen: Locator

  constructor(readonly page: Page) {
    this.screen = page.getByRole('log', { name: 'Teléfono de prueba' })
  }

  async open(company: string): Promise<void> {
    await this.page.goto(`/${company}/simulator`)
    await this.field.waitFor()
  }

  /** Somebody who has never written. @returns the name under which the inbox will show them */
  async becomeNewPersona(): Promise<string> {
    const personas = this.page.getByRole('group', { name: 'Quién escribe' }).getByRole('radio')
    await personas.first().waitFor()
    const before = await personas.count()
    await this.page.getByRole('button', { name: 'Otra persona' }).click()
    await expect(personas).toHaveCount(before + 1)
    await expect(personas.last()).toBeChecked()
    return (await personas.last().locator('..').locator('b').textContent()) ?? ''
  }

  async say(text: string): Promise<void> {
    await this.field.fill(text)
    await this.field.press('Enter')
  }

  message(text: string | RegExp): Locator {
    return this.screen.getByText(text)
  }

  private get field(): Locator {
    return this.page.getByRole('textbox', { name: 'Escribe como cliente' })
  }
}

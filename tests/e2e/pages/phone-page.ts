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

  /** Opens the page as somebody of this name who has never written, the only persona of this device. */
  async openAs(company: string, name: string): Promise<void> {
    const id = `persona-${crypto.randomUUID().slice(0, 8)}`
    const phone = `57300555${Math.floor(1_000 + Math.random() * 8_999)}`
    await this.page.addInitScript(([key, personas]) => localStorage.setItem(key, personas), [
      `ikono.personas.${company}`,
      JSON.stringify([{ id, name, phone }]),
    ] as const)
    await this.open(company)
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

import { expect, type Locator, type Page } from '@playwright/test'
import { readDrawnCode } from '../drawn-code'

export class ChannelsPage {
  constructor(
    private readonly page: Page,
    private readonly company: string,
  ) {}

  async open(): Promise<void> {
    await this.page.goto(`/${this.company}/channels`)
    await this.page.getByRole('heading', { level: 1, name: 'Canales' }).waitFor()
  }

  /** Ends with the code drawn on the page. */
  async connectWhatsapp(name: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Conectar canal' }).first().click()
    const dialog = this.page.getByRole('dialog')
    await dialog.getByLabel('Nombre del canal').fill(name)
    await dialog.getByRole('button', { name: 'Crear y escanear' }).click()
    await this.code.waitFor()
  }

  get code(): Locator {
    return this.page.getByRole('img', { name: 'Código QR para vincular WhatsApp' })
  }

  /** Waits until the page says so by itself, and closes the dialog. */
  async seeConnected(name: string): Promise<void> {
    const dialog = this.page.getByRole('dialog')
    await expect(dialog.getByText('Conectado. Los mensajes ya entran a tu bandeja.')).toBeVisible({
      timeout: 15_000,
    })
    await dialog.getByRole('button', { name: 'Cerrar' }).last().click()
    const card = this.page.getByRole('listitem').filter({ hasText: name })
    await expect(card.getByText('Conectado', { exact: true })).toBeVisible()
  }

  /** The text that a phone's camera reads from the page; waits until the drawing can be read. */
  async readCode(): Promise<string> {
    let text = ''
    await expect(async () => {
      text = await readDrawnCode(this.page, this.code)
    }).toPass({ timeout: 10_000 })
    return text
  }

  /** The same of the code that is drawn in its place, with the words that ask for a second scan. */
  async readCodeAfter(first: string): Promise<string> {
    await this.page.getByText('WhatsApp pide un segundo escaneo').waitFor()
    let text = first
    await expect(async () => {
      text = await readDrawnCode(this.page, this.code)
      expect(text, 'another code').not.toBe(first)
    }).toPass({ timeout: 10_000 })
    return text
  }
}

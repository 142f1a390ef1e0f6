import { expect, type Locator, type Page } from '@playwright/test'
import { z } from 'zod'

const answerOf = <Data extends z.ZodType>(data: Data) =>
  z.object({ result: z.object({ data: z.object({ json: data }) }) })

const channelList = answerOf(z.array(z.object({ id: z.string(), name: z.string() })))
const pairing = answerOf(z.object({ pairing: z.object({ code: z.string() }).nullable() }))

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

  /** The text that a phone would read from the drawn code: asked as the page itself asks for it. */
  async readCode(name: string): Promise<string> {
    const channels = channelList.parse(await this.ask('channels.list'))
    const channel = channels.result.data.json.find((one) => one.name === name)
    if (!channel) throw new Error(`no channel is called ${name}`)
    let code: string | undefined
    await expect(async () => {
      const answer = pairing.parse(await this.ask('channels.pairing', { channelId: channel.id }))
      code = answer.result.data.json.pairing?.code
      expect(code).toBeDefined()
    }).toPass()
    return code ?? ''
  }

  private async ask(procedure: string, input?: unknown): Promise<unknown> {
    const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify({ json: input }))}`
    const response = await this.page.request.get(`/api/trpc/${procedure}${query}`, {
      headers: { 'x-company': this.company },
    })
    expect(response.ok(), `${procedure} answers`).toBe(true)
    return response.json()
  }
}

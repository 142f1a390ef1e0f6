import type { Locator, Page } from '@playwright/test'

export type Ticks = 'En camino' | 'Enviado' | 'Entregado' | 'Leído' | 'No salió'
export type ViewName =
  | 'Pendientes'
  | 'Seguimiento'
  | 'Abiertos'
  | 'En espera'
  | 'En el menú'
  | 'Resueltos'
  | 'Todos'

/** The four zones as an agent uses them. */
export class InboxPage {
  readonly list: Locator
  readonly messages: Locator
  readonly details: Locator

  constructor(readonly page: Page) {
    this.list = page.getByRole('list', { name: 'Chats' })
    this.messages = page.getByRole('log', { name: 'Mensajes' })
    this.details = page.getByRole('complementary', { name: 'Detalles del cliente' })
  }

  async open(company: string): Promise<void> {
    await this.page.goto(`/${company}/inbox`)
    await this.page.getByRole('navigation', { name: 'Vistas' }).waitFor()
  }

  async see(view: ViewName): Promise<void> {
    await this.viewLink(view).click()
    await this.page.getByRole('heading', { level: 2, name: view }).first().waitFor()
  }

  viewLink(view: ViewName): Locator {
    return this.page.getByRole('navigation', { name: 'Vistas' }).getByRole('link', { name: view })
  }

  /** The newest first, so that a chat of this test is on the screen however many wait. */
  async sortByRecent(): Promise<void> {
    const sort = this.page.getByRole('button', { name: /^(Más espera|Más reciente)$/ })
    if ((await sort.textContent())?.includes('Más reciente')) return
    await sort.click()
    await this.page.getByRole('menuitemradio', { name: 'Más reciente' }).click()
  }

  row(contact: string): Locator {
    return this.list
      .getByRole('listitem')
      .filter({ has: this.page.getByRole('link', { name: contact, exact: true }) })
  }

  async openChat(contact: string): Promise<void> {
    await this.row(contact).getByRole('link', { name: contact, exact: true }).click()
    await this.thread(contact).waitFor()
  }

  thread(contact: string): Locator {
    return this.page.getByRole('region', { name: `Chat con ${contact}` })
  }

  message(text: string): Locator {
    return this.messages.getByText(text, { exact: true })
  }

  /** How far a message of ours has got. */
  ticks(text: string, ticks: Ticks): Locator {
    return this.message(text).locator('..').getByRole('img', { name: ticks })
  }

  async answer(text: string): Promise<void> {
    const field = this.page.getByRole('textbox', { name: 'Responder' })
    await field.fill(text)
    await field.press('Enter')
  }

  /** The picker that key A opens. */
  get assignPicker(): Locator {
    return this.page.getByRole('dialog', { name: 'Asignar a alguien' })
  }

  /** The picker that key T and its button open. */
  get passPicker(): Locator {
    return this.page.getByRole('dialog', { name: 'Pasar' })
  }

  /** @param to name of a person or a team */
  async pass(to: string, note = ''): Promise<void> {
    await this.page.getByRole('button', { name: 'Pasar' }).click()
    await this.passPicker.getByLabel('Nota para quien lo recibe').fill(note)
    await this.passPicker.getByLabel('Busca a una persona o un área').fill(to)
    await this.passPicker.getByRole('button', { name: to }).click()
  }

  async resolve(contact: string): Promise<void> {
    await this.thread(contact).getByRole('button', { name: 'Resolver' }).first().click()
  }

  /** What the details say of the open chat, by the name of the line. */
  fact(name: 'Estado' | 'A cargo' | 'Área'): Locator {
    return this.details.getByText(name, { exact: true }).locator('..').getByRole('definition')
  }

  /** A bar across the room or the chat: no internet, nothing pushed, a channel that is down. */
  bar(text: string): Locator {
    return this.page.getByRole('status').filter({ hasText: text })
  }

  /** In the toast, while it shows. */
  async undo(): Promise<void> {
    await this.page.getByRole('alert').getByRole('button', { name: 'Deshacer' }).click()
  }
}

import type { Page } from '@playwright/test'

export type NewCompany = { company: string; country: string; name: string; email: string; password: string }

export class SignUpPage {
  constructor(private readonly page: Page) {}

  /** Ends in the workspace of the new company. */
  async signUp(form: NewCompany): Promise<void> {
    await this.page.goto('/sign-up')
    await this.page.getByLabel('Nombre de la empresa').fill(form.company)
    await this.page.getByLabel('País').selectOption(form.country)
    await this.page.getByLabel('Tu nombre').fill(form.name)
    await this.page.getByLabel('Correo').fill(form.email)
    await this.page.getByRole('textbox', { name: 'Clave' }).fill(form.password)
    await this.page.getByRole('button', { name: 'Crear cuenta' }).click()
    await this.page.waitForURL((url) => !url.pathname.startsWith('/sign-up'))
  }
}

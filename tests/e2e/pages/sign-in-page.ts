import type { Page } from '@playwright/test'

export class SignInPage {
  constructor(private readonly page: Page) {}

  /** Ends where the visitor wanted to go. */
  async signIn(email: string, password: string): Promise<void> {
    await this.page.goto('/sign-in')
    await this.page.getByLabel('Correo').fill(email)
    await this.page.getByRole('textbox', { name: 'Clave' }).fill(password)
    await this.page.getByRole('button', { name: 'Entrar' }).click()
    await this.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  }
}

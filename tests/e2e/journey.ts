import { readFileSync } from 'node:fs'
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import { connectToEmulator, type EmulatorClient } from '@/bridge-worker/testing/whatsapp-emulator/client'
import { SignInPage } from './pages/sign-in-page'

export { expect }

/** The company of the seed, and its people by the first part of their addresses. */
export const DEMO_COMPANY = 'optica-aurora'
export type DemoPerson = 'marisol' | 'andres' | 'yuliana' | 'lucia' | 'hernan'

type Journey = {
  /** A browser of its own, signed in as somebody of the demo company. */
  openAs: (person: DemoPerson) => Promise<Page>
  /** What browsers complained about: broken policies and uncaught errors. A journey fails on any. */
  complaints: string[]
}

export const test = base.extend<Journey>({
  complaints: [
    async ({ context }, use) => {
      const complaints: string[] = []
      context.on('page', (page) => listen(page, complaints))
      await use(complaints)
      expect(complaints, 'complaints of the browser').toEqual([])
    },
    { auto: true },
  ],
  openAs: async ({ browser, complaints }, use) => {
    const contexts: BrowserContext[] = []
    await use(async (person) => {
      const context = await browser.newContext()
      contexts.push(context)
      context.on('page', (page) => listen(page, complaints))
      const page = await context.newPage()
      await new SignInPage(page).signIn(`${person}@opticaaurora.example`, demoPassword())
      return page
    })
    for (const context of contexts) await context.close()
  },
})

function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text())
  })
}

export function demoPassword(): string {
  const password = process.env.DEMO_PASSWORD
  if (!password) throw new Error('DEMO_PASSWORD is not set: start the journeys with npm run test:e2e')
  return password
}

/** Unlike any other of this and of earlier runs. */
export function freshName(name: string): string {
  return `${name} ${crypto.randomUUID().slice(0, 6)}`
}

/** A number of this run that nobody has. */
export const freshNumber = () => `5730055${Math.floor(10_000 + Math.random() * 89_999)}`

export function emulatedPhones(): EmulatorClient {
  const address = process.env.WHATSAPP_EMULATOR_CONTROL_URL
  if (!address) throw new Error('WHATSAPP_EMULATOR_CONTROL_URL is not set: start with npm run test:e2e')
  return connectToEmulator(address)
}

const AXE = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')

type AxeRun = {
  violations: { id: string; help: string; nodes: { target: unknown; failureSummary?: string }[] }[]
}

/** @returns what axe-core finds wrong on the page as it stands, one line per element */
export async function findBarriers(page: Page): Promise<string[]> {
  // What is still fading in has colours of its own for a moment.
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations === 1)
    await Promise.allSettled(ending.map(({ finished }) => finished))
  })
  await page.evaluate(AXE)
  const { violations } = await page.evaluate<AxeRun>('axe.run()')
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${JSON.stringify(target)} ${failureSummary ?? ''}`),
  )
}

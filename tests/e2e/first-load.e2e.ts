import type { Page } from '@playwright/test'
import { DEMO_COMPANY, expect, test } from './journey'
import { InboxPage } from './pages/inbox-page'

const KILOBYTE = 1_000

/** The live connection's library follows once the page stands, and holds nobody up. */
const FOLLOWS = 'pusher:connection_established'

/** @returns bytes of script that came over the wire while the page opened: what it opened with, and what followed */
async function weighScripts(
  page: Page,
  open: () => Promise<void>,
): Promise<{ first: number; later: number }> {
  const weights: Promise<{ bytes: number; isLater: boolean }>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return
    const weigh = async () => {
      const [text, { responseBodySize }] = await Promise.all([response.text(), response.request().sizes()])
      return { bytes: responseBodySize, isLater: text.includes(FOLLOWS) }
    }
    weights.push(weigh())
  })
  await open()
  await page.waitForLoadState('networkidle')
  const all = await Promise.all(weights)
  const sum = (isLater: boolean) =>
    all.filter((one) => one.isLater === isLater).reduce((total, { bytes }) => total + bytes, 0)
  return { first: sum(false), later: sum(true) }
}

test('the inbox opens with at most 230 kB of script', async ({ openAs, browser }) => {
  const signedIn = await openAs('marisol')
  const context = await browser.newContext({ storageState: await signedIn.context().storageState() })
  const page = await context.newPage()
  const { first, later } = await weighScripts(page, () => new InboxPage(page).open(DEMO_COMPANY))
  await context.close()
  const figures = `${(first / KILOBYTE).toFixed(1)} kB, then ${(later / KILOBYTE).toFixed(1)} kB`
  test.info().annotations.push({ type: 'script of the inbox', description: figures })
  expect(first, figures).toBeGreaterThan(100 * KILOBYTE)
  expect(first, figures).toBeLessThanOrEqual(230 * KILOBYTE)
})

import { defineConfig } from '@playwright/test'
import chromium from '@sparticuz/chromium'

/** Unpacked from the package at first use (seconds, once a machine); CHROMIUM_PATH names another one. */
const executablePath = process.env.CHROMIUM_PATH || (await chromium.executablePath())

/** The stack is started by scripts/test.mjs, which says in the environment where it is. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: '.data/playwright',
  // One company and one set of phones for all journeys, and a browser beside a whole stack on small machines.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 7_000 },
  reporter: 'list',
  use: {
    baseURL: process.env.BASE_URL ?? 'http://localhost:3000',
    browserName: 'chromium',
    launchOptions: {
      executablePath,
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--headless=shell'],
    },
    viewport: { width: 1440, height: 900 },
    locale: 'es-CO',
    timezoneId: 'America/Bogota',
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    trace: 'off',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'e2e', testMatch: '**/*.e2e.ts' },
    { name: 'screenshots', testMatch: '**/screenshots.ts' },
  ],
})

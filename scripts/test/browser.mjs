import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { productCommands } from '../runner/commands.mjs'
import { freePort } from '../runner/ports.mjs'
import { startStack } from '../runner/stack.mjs'
import { buildWhenStale } from '../start/build.mjs'
import { describeEnvironment } from '../start/environment.mjs'
import { StartFailure } from '../start/failure.mjs'
import { step } from '../start/progress.mjs'
import { seed } from '../start/seed.mjs'
import { countPlaywright, judge } from './counts.mjs'
import { installEmojiFont } from './emoji-font.mjs'
import { runShown } from './vitest.mjs'

const EMULATOR = 'bridge-worker/testing/whatsapp-emulator/main.ts'
/** Three times what a start takes on two busy cores. */
const HEALTHY_WITHIN_MS = 60_000
const KEPT_LINES = 200

/**
 * Runs one project of playwright.config.ts against the production build, started by the runner of npm start with a
 * database, ports and a WhatsApp emulator of its own.
 * @param {'e2e' | 'screenshots'} project
 * @param {{ env: Record<string, string>, database: import('./database.mjs').TestDatabase, filters: string[], folder: string,
 *   signal: AbortSignal, onClose: (closer: () => Promise<void>) => void }} run
 * @returns {Promise<import('./counts.mjs').Count>}
 */
export async function runBrowserTests(project, run) {
  await buildWhenStale()
  const stack = await openTestStack(run)
  const report = join(run.folder, `playwright-${project}.json`)
  const code = await runShown(
    [
      'node_modules/@playwright/test/cli.js',
      'test',
      '--project',
      project,
      '--reporter=list,json',
      ...run.filters,
    ],
    {
      env: {
        ...stack.env,
        ...installEmojiFont(run.folder),
        NODE_ENV: 'test',
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      },
      signal: run.signal,
    },
  )
  if (code !== 0) console.log(`\nLast words of the processes:\n${stack.lastLines().join('\n')}`)
  const counted = existsSync(report)
    ? countPlaywright(JSON.parse(readFileSync(report, 'utf8')))
    : { passed: 0, failed: 0 }
  return judge({ name: project, ...counted }, code === 0)
}

async function openTestStack(run) {
  const urls = await run.database.createCopy('ikono_e2e')
  const [port, sitePort, realtimePort, phonePort, controlPort] = await distinctPorts(5)
  const settings = {
    ...process.env,
    ...run.env,
    PUBLIC_URL: '',
    PORT: String(port),
    HOST: '127.0.0.1',
    WHATSAPP_WEB_SOCKET_URL: `ws://127.0.0.1:${phonePort}`,
  }
  const env = describeEnvironment({
    settings,
    mode: 'demo',
    dataFolder: run.folder,
    urls,
    sitePort,
    realtimePort,
  })
  await step('Demo company', () => seed(env))

  const lines = []
  const keep = (name, words) => {
    lines.push(`${name} | ${words}`)
    if (lines.length > KEPT_LINES) lines.shift()
  }
  const emulator = {
    name: 'phones',
    args: [
      'node_modules/tsx/dist/cli.mjs',
      EMULATOR,
      '--port',
      String(phonePort),
      '--control-port',
      String(controlPort),
    ],
    env,
  }
  const commands = [emulator, ...productCommands(env, { dev: false })]
  const stack = await startStack({ env, commands, onLine: keep, onNews: keep })
  run.onClose(() => stack.stop())
  await step('Site, worker and realtime', () => waitUntilHealthy(stack, lines, run.signal))
  return {
    env: {
      ...env,
      BASE_URL: env.PUBLIC_URL,
      WHATSAPP_EMULATOR_CONTROL_URL: `http://127.0.0.1:${controlPort}`,
    },
    lastLines: () => lines,
  }
}

async function waitUntilHealthy(stack, lines, stop) {
  const late = AbortSignal.timeout(HEALTHY_WITHIN_MS)
  await stack.whenHealthy(AbortSignal.any([late, stop]))
  if (!late.aborted) return
  throw new StartFailure(
    `The product did not become ready in ${HEALTHY_WITHIN_MS / 1000} s; /api/health says: ${stack.lastHealth()}`,
    'The lines above are what its processes said.',
    { details: lines.join('\n') },
  )
}

/** Asked one after another, a system may hand out a port again; so they are asked until all differ. */
async function distinctPorts(count) {
  const ports = new Set()
  while (ports.size < count) ports.add(await freePort())
  return [...ports]
}

import { setTimeout as wait } from 'node:timers/promises'
import { createFront } from './front.mjs'
import { keepRunning } from './processes.mjs'

/** Leaves two of the five seconds, in which everything has to be gone, to the database. */
const CHILD_GRACE_MS = 2500
const HEALTH_EVERY_MS = 150

/**
 * @typedef {{ url: string, whenHealthy: (signal: AbortSignal) => Promise<void>, lastHealth: () => string,
 *   pids: () => (number | undefined)[], stop: () => Promise<void> }} Stack url: of the public port on this machine
 */

/**
 * Starts the processes behind one front.
 * @param {{ env: Record<string, string>, commands: import('./processes.mjs').ChildCommand[],
 *   onLine: (name: string, line: string) => void, onNews: (name: string, words: string) => void }} input
 *   env: PORT, HOST, SITE_PORT, REALTIME_PORT, TRUST_PROXY of describeEnvironment
 * @returns {Promise<Stack>}
 */
export async function startStack({ env, commands, onLine, onNews }) {
  const front = createFront({
    sitePort: Number(env.SITE_PORT),
    realtimePort: Number(env.REALTIME_PORT),
    trustProxy: env.TRUST_PROXY === 'true',
  })
  await front.listen(Number(env.PORT), env.HOST)
  const children = commands.map((command) => keepRunning(command, { onLine, onNews }))
  const url = `http://${reachableHost(env.HOST)}:${env.PORT}`
  let health = 'no answer yet'
  return {
    url,
    lastHealth: () => health,
    pids: () => children.map((child) => child.pid()),
    whenHealthy: async (signal) => {
      for (;;) {
        const answer = await askHealth(url, signal)
        if (answer.ok || signal.aborted) return
        health = answer.words
        await wait(HEALTH_EVERY_MS, undefined, { signal }).catch(() => undefined)
      }
    },
    stop: async () => {
      await Promise.all([front.close(), ...children.map((child) => child.stop(CHILD_GRACE_MS))])
    },
  }
}

function reachableHost(host) {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}

async function askHealth(url, signal) {
  try {
    const answer = await fetch(`${url}/api/health`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
    })
    return { ok: answer.status === 200, words: `${answer.status} ${(await answer.text()).slice(0, 300)}` }
  } catch (error) {
    return { ok: false, words: String(error.cause?.message ?? error.message) }
  }
}

import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { CHANNEL_WAKE } from '@/server/channels/commands'
import { tellOverdue } from '@/server/conversations/announce'
import { sweepTimers } from '@/server/conversations/timers'
import { JOURNAL_WAKE } from '@/server/inbound/journal'
import { now } from '@/server/kernel/clock'
import type { AfterCommit } from '@/server/kernel/context'
import { closeDatabase } from '@/server/kernel/database'
import { env, requireEnv } from '@/server/kernel/env'
import { log } from '@/server/kernel/log'
import { sweepAlarms } from '@/server/monitoring/alarms'
import { OUTBOX_WAKE } from '@/server/outbox/commands'
import { startJobs } from './jobs'
import { beatHeart, retireWorker } from './leases'
import { createSupervisor } from './supervisor'

/** Keeps the sessions of every company, takes what comes in, sends what goes out, and watches the clock. */
const HEARTBEAT_MS = 2_000
/** With the time of a lease this bounds how long a dead worker's channels stay without an owner. */
const RECONCILE_MS = 1_000
const POLL_MS = 1_000
const SWEEP_MS = 5_000
const ALARMS_MS = 10_000

requireEnv([
  'databaseAppUrl',
  'databaseSystemUrl',
  'databaseOwnerUrl',
  'sealingKey',
  'pusherAppId',
  'pusherKey',
  'pusherSecret',
  'dataDir',
  'publicUrl',
  'smtpUrl',
  'mailFrom',
])

if (env('appMode') === 'production' && !env('smtpUrl')) {
  log.warn('SMTP_URL is not set: letters are put into DATA_DIR/mailbox and reach nobody by themselves')
}

const workerId = randomUUID()

/** News after a commit: never fails what was committed. */
const afterCommit = (news: AfterCommit) => {
  news().catch((error: unknown) => log.warn({ err: error }, 'news after a commit not told'))
}

const supervisor = createSupervisor(workerId, afterCommit)

async function beat(): Promise<void> {
  await beatHeart(workerId)
  await supervisor.heartbeat()
}

const timers: NodeJS.Timeout[] = []

/** Repeats work with a pause between two runs; a failure is logged and the next run comes all the same. */
function every(milliseconds: number, what: string, work: () => Promise<unknown>): void {
  let running = false
  timers.push(
    setInterval(() => {
      if (running) return
      running = true
      work()
        .catch((error: unknown) => log.error({ err: error }, `${what} failed; it comes again`))
        .finally(() => {
          running = false
        })
    }, milliseconds),
  )
}

/** Hints from other processes. When the connection is cut the polls carry on, and it is opened anew. */
async function listen(): Promise<() => Promise<void>> {
  let client: pg.Client | null = null
  let closed = false
  const connect = async () => {
    const next = new pg.Client({ connectionString: env('databaseSystemUrl') })
    next.on('error', () => {
      if (client === next) client = null
    })
    next.on('end', () => {
      if (client === next) client = null
    })
    next.on('notification', ({ channel, payload }) => {
      if (channel === CHANNEL_WAKE)
        supervisor.reconcile().catch((error: unknown) => log.error({ err: error }, 'reconcile failed'))
      else if (channel === JOURNAL_WAKE) supervisor.runnerOf(payload ?? '')?.wakeInbound()
      else if (channel === OUTBOX_WAKE) supervisor.runnerOf(payload ?? '')?.wakeOutbound()
    })
    await next.connect()
    await next.query(`LISTEN ${CHANNEL_WAKE}; LISTEN ${JOURNAL_WAKE}; LISTEN ${OUTBOX_WAKE}`)
    client = next
  }
  await connect()
  every(POLL_MS, 'listening', async () => {
    if (!client && !closed) await connect()
  })
  return async () => {
    closed = true
    await client?.end()
  }
}

await beat()
const stopListening = await listen()
const jobs = await startJobs(afterCommit)
await supervisor.reconcile()
every(HEARTBEAT_MS, 'heartbeat', beat)
every(RECONCILE_MS, 'reconcile', supervisor.reconcile)
every(POLL_MS, 'poll', supervisor.poll)
every(SWEEP_MS, 'timers', () => sweepTimers(now(), afterCommit))
every(SWEEP_MS, 'announcements', tellOverdue)
every(ALARMS_MS, 'alarms', () => sweepAlarms(new Date()))
log.info({ workerId }, 'bridge-worker ready')

let stopping = false
async function stop(): Promise<void> {
  if (stopping) return
  stopping = true
  for (const timer of timers) clearInterval(timer)
  await Promise.allSettled([retireWorker(workerId)])
  await Promise.allSettled([supervisor.stop(), jobs.stop(), stopListening()])
  await closeDatabase()
  process.exit(0)
}

// A listener of a library that nobody awaits must not take every company's session down with it.
process.on('unhandledRejection', (error) => log.error({ err: error }, 'a promise failed unheard'))

const stopOrDie = () => {
  stop().catch((error: unknown) => {
    log.error({ err: error }, 'stop failed')
    process.exit(1)
  })
}
process.on('SIGTERM', stopOrDie)
process.on('SIGINT', stopOrDie)
// The runner is gone: nothing may keep a session alive without it.
if (process.connected) process.on('disconnect', stopOrDie)

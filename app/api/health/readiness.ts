import { systemPool } from '@/server/kernel/database'
import { env } from '@/server/kernel/env'

export type Readiness = { site: boolean; database: boolean; worker: boolean; realtime: boolean }

/** A worker notes its heartbeat every few seconds; three missed ones are a dead worker. */
const HEARTBEAT_SECONDS = 15
const PATIENCE_MS = 2_000

/** Which processes can do their work now. Never throws: what does not answer is not ready. */
export async function readReadiness(): Promise<Readiness> {
  const [{ database, worker }, realtime] = await Promise.all([askDatabase(), askRealtime()])
  return { site: true, database, worker, realtime }
}

/** The heartbeat is compared by the database's clock: ours may be another machine's. */
async function askDatabase(): Promise<{ database: boolean; worker: boolean }> {
  const answer = systemPool().query<{ worker: boolean }>(
    `SELECT EXISTS (SELECT FROM worker WHERE "heartbeatAt" > now() - make_interval(secs => ${HEARTBEAT_SECONDS})) AS worker`,
  )
  const result = await settledWithin(answer)
  return { database: result !== null, worker: result?.rows[0]?.worker ?? false }
}

/** A hosted service answers for itself on its own status page. */
async function askRealtime(): Promise<boolean> {
  if (env('realtimeMode') !== 'local') return true
  const scheme = env('pusherUseTls') ? 'https' : 'http'
  const url = `${scheme}://${env('pusherHost') ?? '127.0.0.1'}:${env('pusherPort')}/health`
  const response = await settledWithin(fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) }))
  return response?.ok ?? false
}

/** Null when it failed or took too long: both mean "not ready", which is what was asked. */
async function settledWithin<Value>(work: Promise<Value>): Promise<Value | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS)
  })
  const value = await Promise.race([work.catch(() => null), late])
  clearTimeout(timer)
  return value
}

import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import Pusher from 'pusher'
import { env } from '@/server/kernel/env'
import { log } from '@/server/kernel/log'
import type { RealtimeEvent } from './events'

/** Hosted Pusher refuses more than 10 kB of data in one event; we stay under it with every backend. */
const MAX_EVENT_BYTES = 9_216
const MAX_CHANNELS = 100
const MAX_BATCH = 10
/** The SDK has none of its own: a dead realtime server would hold every publisher. */
const TIMEOUT_MS = 3_000

let client: Pusher | undefined

/** The one owner of the pusher package: hosted, self-hosted or our local server, by environment alone. */
export function pusher(): Pusher {
  if (client) return client
  const common = {
    appId: env('pusherAppId'),
    key: env('pusherKey'),
    secret: env('pusherSecret'),
    timeout: TIMEOUT_MS,
  }
  const host = env('pusherHost')
  const useTLS = host ? env('pusherUseTls') : true
  // Kept open: a publish costs one round trip, not a handshake.
  const agent = useTLS ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true })
  client = host
    ? new Pusher({ ...common, host, port: String(env('pusherPort') ?? (useTLS ? 443 : 80)), useTLS, agent })
    : new Pusher({ ...common, cluster: env('pusherCluster') ?? 'mt1', useTLS, agent })
  return client
}

export type Publication = { channels: readonly string[]; event: RealtimeEvent; socketId?: string }

/**
 * Tells open screens. Call it after the commit only.
 * @returns whether all of it was taken; false is no error: the worker tells again.
 */
export async function publish(publications: readonly Publication[]): Promise<boolean> {
  const batch: { channel: string; name: string; data: string }[] = []
  for (const { channels, event } of publications) {
    // Written once; the SDK takes a text as it is, for every channel.
    const data = JSON.stringify(event)
    if (Buffer.byteLength(data) > MAX_EVENT_BYTES) {
      log.error({ type: event.type }, 'realtime event too large')
      continue
    }
    for (const channel of channels.slice(0, MAX_CHANNELS)) batch.push({ channel, name: event.type, data })
  }
  const calls: Promise<unknown>[] = []
  for (let start = 0; start < batch.length; start += MAX_BATCH) {
    calls.push(pusher().triggerBatch(batch.slice(start, start + MAX_BATCH)))
  }
  const outcomes = await Promise.allSettled(calls)
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed?.status === 'rejected') {
    log.warn({ error: String(failed.reason) }, 'realtime did not answer; the worker will tell again')
    return false
  }
  return true
}

import { IS_OWNED, LeaseLost, OWNED, type OwnedChannel, refuseLost } from '@/server/channels/lease'
import { channelKind } from '@/server/channels/registry'
import { now } from '@/server/kernel/clock'
import type { AfterCommit, TenantContext } from '@/server/kernel/context'
import { systemContext } from '@/server/kernel/context'
import { queryAs, systemPool, type TenantId } from '@/server/kernel/database'
import { newId } from '@/server/kernel/ids'
import { log } from '@/server/kernel/log'
import { storableText } from '@/server/kernel/text'
import { takeEvent } from './commands'
import type { InboundChannel } from './schema'

/**
 * The inbound journal: what a provider told us, written before the provider is thanked, taken in order per sender.
 * Webhooks and sessions only write it; the worker that owns the channel is its only reader.
 */
export const JOURNAL_WAKE = 'journal_wake'

/** After so many failures an entry is put aside, visible and re-runnable, and its sender's next message goes on. */
const MAX_ATTEMPTS = 5
const RETRY_MS = [0, 200, 1_000, 5_000, 15_000] as const

/** @param orderKey who sent it: entries of one key are taken in order. */
export async function writeJournal(
  tenantId: TenantId,
  channelId: string,
  entry: { orderKey: string; payload: unknown },
): Promise<string> {
  const id = newId()
  await queryAs(tenantId, {
    name: 'journal-write',
    text: `INSERT INTO inbound_journal ("tenantId", id, "channelId", "orderKey", payload, "receivedAt")
           VALUES ($1, $2, $3, $4, $5, clock_timestamp())`,
    values: [tenantId, id, channelId, entry.orderKey, storableJson(entry.payload)],
  })
  return id
}

/**
 * The same by the owner's session. What a former owner hears must stay with the provider, who gives it to the new one.
 * @throws LeaseLost
 */
export async function writeOwnedJournal(
  { tenantId, channelId, fence }: OwnedChannel,
  entry: { orderKey: string; payload: unknown },
): Promise<void> {
  const { rows } = await queryAs<{ owned: number }>(tenantId, {
    name: 'journal-write-owned',
    text: `WITH ${OWNED}, written AS (
             INSERT INTO inbound_journal ("tenantId", id, "channelId", "orderKey", payload, "receivedAt")
             SELECT $1, $4, $2, $5, $6, clock_timestamp() FROM owned)
           SELECT count(*)::int AS owned FROM owned`,
    values: [tenantId, channelId, fence.toString(), newId(), entry.orderKey, storableJson(entry.payload)],
  })
  refuseLost(rows)
}

/** Wakes the owner of a channel that lives in another process. A hint: the owner also looks every second. */
export async function wakeJournal(channelId: string): Promise<void> {
  await systemPool().query(`SELECT pg_notify('${JOURNAL_WAKE}', $1)`, [channelId])
}

/** Whatever a provider sends can be kept: an entry that Postgres refuses would come again for ever. */
const storableJson = (payload: unknown): string =>
  JSON.stringify(payload, (_key, value: unknown) => (typeof value === 'string' ? storableText(value) : value))

type Entry = {
  id: string
  orderKey: string
  payload: unknown
  receivedAt: Date
  attempts: number
  due: boolean
}

const BATCH = 200

/**
 * Takes what waits for one channel until nothing is due. Senders side by side, each sender's entries in order.
 * @param options signal: once aborted, what is under way is finished and nothing more is begun.
 * @returns how many entries were settled.
 * @throws LeaseLost
 */
export async function takeJournal(
  tenantId: TenantId,
  channel: InboundChannel,
  options: { concurrency: number; afterCommit: (news: AfterCommit) => void; signal?: AbortSignal },
): Promise<number> {
  let taken = 0
  for (;;) {
    const { rows } = await queryAs<Entry>(tenantId, {
      name: 'journal-read',
      text: `SELECT id, "orderKey", payload, "receivedAt", attempts,
               ("notBefore" IS NULL OR "notBefore" <= clock_timestamp()) AS due
             FROM inbound_journal WHERE "tenantId" = $1 AND "channelId" = $2 AND "deadAt" IS NULL ORDER BY id LIMIT ${BATCH}`,
      values: [tenantId, channel.id],
    })
    const settled = await takeBySender(rows, options.concurrency, async (entry) => {
      if (options.signal?.aborted) return false
      return takeEntry(tenantId, channel, entry, options.afterCommit)
    })
    taken += settled
    if (settled === 0) return taken
  }
}

/** Runs senders side by side; a sender whose entry is not due or failed waits with all that came after. */
async function takeBySender(
  entries: readonly Entry[],
  concurrency: number,
  take: (entry: Entry) => Promise<boolean>,
): Promise<number> {
  const senders = new Map<string, Entry[]>()
  for (const entry of entries) {
    const mine = senders.get(entry.orderKey)
    if (mine) mine.push(entry)
    else senders.set(entry.orderKey, [entry])
  }
  const waiting = [...senders.values()]
  let settled = 0
  const lanes = Array.from({ length: Math.min(concurrency, waiting.length) }, async () => {
    for (let mine = waiting.shift(); mine; mine = waiting.shift()) {
      for (const entry of mine) {
        if (!entry.due || !(await take(entry))) break
        settled += 1
      }
    }
  })
  await Promise.all(lanes)
  return settled
}

async function takeEntry(
  tenantId: TenantId,
  channel: InboundChannel,
  entry: Entry,
  afterCommit: (news: AfterCommit) => void,
): Promise<boolean> {
  try {
    const events = channelKind(channel.kind).readInbound(entry.payload)
    let settled = false
    for (const [place, event] of events.entries()) {
      const last = place === events.length - 1
      settled = await takeEvent(contextOf(tenantId, event, afterCommit), channel, {
        event,
        receivedAt: entry.receivedAt,
        journalId: last ? entry.id : null,
      })
    }
    if (!settled) await remove(tenantId, channel, entry.id)
    return true
  } catch (error) {
    if (error instanceof LeaseLost) throw error
    await putOff(tenantId, channel, entry, error)
    return false
  }
}

function contextOf(
  tenantId: TenantId,
  event: { type: string; from?: string },
  afterCommit: (news: AfterCommit) => void,
): TenantContext {
  const actor =
    event.type === 'message' ? ({ kind: event.from === 'phone' ? 'phone' : 'customer' } as const) : null
  return systemContext(tenantId, actor ?? { kind: 'system', name: 'receipt' }, now(), afterCommit)
}

/** Neither touches an entry once the channel has another owner. */
const STILL_OURS = `($3::bigint IS NULL OR ${IS_OWNED})`

const ownerOf = ({ id, fence }: InboundChannel) => [id, fence?.toString() ?? null]

/** For a payload that told nothing: every event settles its entry in its own transaction. */
async function remove(tenantId: TenantId, channel: InboundChannel, id: string): Promise<void> {
  await queryAs(tenantId, {
    name: 'journal-remove',
    text: `WITH ${OWNED} DELETE FROM inbound_journal WHERE "tenantId" = $1 AND id = $4 AND ${STILL_OURS}`,
    values: [tenantId, ...ownerOf(channel), id],
  })
}

async function putOff(
  tenantId: TenantId,
  channel: InboundChannel,
  entry: Entry,
  error: unknown,
): Promise<void> {
  const attempts = entry.attempts + 1
  const dead = attempts >= MAX_ATTEMPTS
  log[dead ? 'error' : 'warn']({ journalId: entry.id, attempts, err: error }, 'inbound entry not taken')
  await queryAs(
    tenantId,
    `WITH ${OWNED} UPDATE inbound_journal SET attempts = $5, "lastError" = $6,
       "notBefore" = clock_timestamp() + make_interval(secs => $7),
       "deadAt" = CASE WHEN $8 THEN clock_timestamp() END
     WHERE "tenantId" = $1 AND id = $4 AND ${STILL_OURS}`,
    [
      tenantId,
      ...ownerOf(channel),
      entry.id,
      attempts,
      String(error).slice(0, 500),
      (RETRY_MS[attempts] ?? 15_000) / 1000,
      dead,
    ],
  )
}

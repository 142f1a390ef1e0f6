import { Gauge, Registry } from 'prom-client'
import { systemPool } from '@/server/kernel/database'

/** Read from the database at each scrape, so that every copy of the site says the same and no worker has to be found. */
type Counts = {
  states: { kind: string; state: string; count: number }[] | null
  restricted: number
  outbox: number
  outboxOldestSeconds: number
  journal: number
  journalOldestSeconds: number
  putAside: number
  alarms: { kind: string; count: number }[] | null
  workers: number
}

const COUNTS = `SELECT
  (SELECT json_agg(s) FROM (SELECT kind, state, count(*)::int FROM channel WHERE "archivedAt" IS NULL GROUP BY 1, 2) s) AS states,
  (SELECT count(*)::int FROM channel WHERE "archivedAt" IS NULL AND restriction IS NOT NULL) AS restricted,
  (SELECT count(*)::int FROM outbox) AS outbox,
  (SELECT COALESCE(extract(epoch FROM clock_timestamp() - min("createdAt")), 0)::float FROM outbox) AS "outboxOldestSeconds",
  (SELECT count(*)::int FROM inbound_journal WHERE "deadAt" IS NULL) AS journal,
  (SELECT COALESCE(extract(epoch FROM clock_timestamp() - min("receivedAt")), 0)::float FROM inbound_journal
    WHERE "deadAt" IS NULL) AS "journalOldestSeconds",
  (SELECT count(*)::int FROM inbound_journal WHERE "deadAt" IS NOT NULL) AS "putAside",
  (SELECT json_agg(a) FROM (SELECT kind, count(*)::int FROM channel_alarm WHERE "clearedAt" IS NULL GROUP BY 1) a) AS alarms,
  (SELECT count(*)::int FROM worker WHERE "heartbeatAt" > clock_timestamp() - interval '15 seconds') AS workers`

/** Counts of the whole installation; nothing in them names a company or a person. */
export async function readMetrics(): Promise<{ text: string; contentType: string }> {
  const { rows } = await systemPool().query<Counts>(COUNTS)
  const counts = rows[0]
  if (!counts) throw new Error('a count without an answer')
  const registry = new Registry()
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `ikono_${name}`, help, labelNames, registers: [registry] })

  const channels = gauge('channels', 'Channels by kind and state of their link', ['kind', 'state'])
  for (const { kind, state, count } of counts.states ?? []) channels.set({ kind, state }, count)
  const alarms = gauge('alarms_standing', 'Alarms of links that stand', ['kind'])
  for (const { kind, count } of counts.alarms ?? []) alarms.set({ kind }, count)
  gauge('channels_restricted', 'Channels that WhatsApp restricts').set(counts.restricted)
  gauge('outbox_waiting', 'Messages that wait to go out').set(counts.outbox)
  gauge('outbox_oldest_seconds', 'How long the oldest of them has waited').set(counts.outboxOldestSeconds)
  gauge('journal_waiting', 'Received entries that are not stored as messages yet').set(counts.journal)
  gauge('journal_oldest_seconds', 'How long the oldest of them has waited').set(counts.journalOldestSeconds)
  gauge('journal_put_aside', 'Received entries that were put aside after their last try').set(counts.putAside)
  gauge('workers_alive', 'Worker processes with a fresh heartbeat').set(counts.workers)
  return { text: await registry.metrics(), contentType: registry.contentType }
}

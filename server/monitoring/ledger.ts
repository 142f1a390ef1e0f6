import { recordAudit } from '@/server/audit/commands'
import type { TenantContext } from '@/server/kernel/context'
import { inTransaction } from '@/server/kernel/context'
import { queryIn } from '@/server/kernel/database'
import { DomainError } from '@/server/kernel/errors'
import type {
  JournalRow,
  LedgerFilter,
  LedgerPageInput,
  LedgerRange,
  LedgerRow,
  LedgerTotals,
} from './schema'

/**
 * The delivery ledger: every message of a channel with its life, counted from journal, messages, outbox and receipts at
 * the moment of asking. Nothing here is a kept sum, so a mistake elsewhere shows instead of hiding.
 */
const PAGE = 50
const JOURNAL_ROWS = 50
const PREVIEW = 160

/** From midnight to midnight in the company's zone. $3 and $4 are days, both included. */
const RANGE = `
  range AS (
    SELECT ($3::date)::timestamp AT TIME ZONE t."timeZone" AS "from",
      ($4::date + 1)::timestamp AT TIME ZONE t."timeZone" AS "to"
    FROM tenant t WHERE t.id = $1
  )`

const OF_CHANNEL = `
  m."tenantId" = $1 AND m."channelId" = $2 AND m.direction <> 'note'
    AND m."createdAt" >= (SELECT "from" FROM range) AND m."createdAt" < (SELECT "to" FROM range)`

/** On no way any more and nowhere arrived. */
const IS_LOST = `(m.direction = 'out' AND (m.status IS NULL OR m.status = 'queued') AND o.id IS NULL)`

/** A customer's message is answered when the chat does not wait since before it. */
const IS_UNANSWERED = `(m.direction = 'in' AND v."waitingSince" IS NOT NULL AND m."createdAt" >= v."waitingSince")`

const FILTER: Record<LedgerFilter, string> = {
  all: 'true',
  in: `m.direction = 'in'`,
  unanswered: IS_UNANSWERED,
  out: `m.direction = 'out'`,
  waiting: `m.direction = 'out' AND o.id IS NOT NULL`,
  failed: `m.direction = 'out' AND m.status = 'failed'`,
  lost: IS_LOST,
}

export async function ledgerTotals(ctx: TenantContext, range: LedgerRange): Promise<LedgerTotals> {
  const values = [ctx.tenantId, range.channelId, range.from, range.to]
  const [messages, journal, doubled] = await Promise.all([
    queryIn<
      Omit<LedgerTotals, 'received' | 'journalWaiting' | 'putAside' | 'doubled'> & { onItsWayAgain: number }
    >(
      ctx,
      `WITH ${RANGE}
       SELECT count(*) FILTER (WHERE m.direction = 'in')::int AS stored,
         count(*) FILTER (WHERE m.direction = 'in' AND NOT ${IS_UNANSWERED})::int AS answered,
         count(*) FILTER (WHERE m.direction = 'out')::int AS "out",
         count(*) FILTER (WHERE m.direction = 'out' AND m.status IN ('sent', 'delivered', 'read'))::int AS sent,
         count(*) FILTER (WHERE m.direction = 'out' AND m.status IN ('delivered', 'read'))::int AS delivered,
         count(*) FILTER (WHERE m.direction = 'out' AND o.id IS NOT NULL)::int AS waiting,
         count(*) FILTER (WHERE m.direction = 'out' AND m.status = 'failed')::int AS failed,
         count(*) FILTER (WHERE ${IS_LOST})::int AS lost,
         count(*) FILTER (WHERE m.status IN ('sent', 'delivered', 'read') AND o.state = 'queued')::int AS "onItsWayAgain"
       FROM message m
       JOIN conversation v ON v."tenantId" = $1 AND v.id = m."conversationId"
       LEFT JOIN outbox o ON o."tenantId" = $1 AND o.id = m.id
       WHERE ${OF_CHANNEL}`,
      values,
    ),
    queryIn<{ journalWaiting: number; putAside: number }>(
      ctx,
      `WITH ${RANGE}
       SELECT count(*) FILTER (WHERE "deadAt" IS NULL)::int AS "journalWaiting",
         count(*) FILTER (WHERE "deadAt" IS NOT NULL)::int AS "putAside"
       FROM inbound_journal, range
       WHERE "tenantId" = $1 AND "channelId" = $2 AND "receivedAt" >= range."from" AND "receivedAt" < range."to"
         AND ${IS_MESSAGE}`,
      values,
    ),
    queryIn<{ doubled: number }>(
      ctx,
      `WITH ${RANGE}
       SELECT COALESCE(sum(times - 1), 0)::int AS doubled FROM (
         SELECT count(*) AS times FROM message m WHERE ${OF_CHANNEL} AND m."externalId" IS NOT NULL
         GROUP BY m."externalId" HAVING count(*) > 1
       ) twice`,
      values,
    ),
  ])
  const [counts] = messages.rows
  const [entries] = journal.rows
  if (!counts || !entries) throw new Error('a count without an answer')
  const { onItsWayAgain, ...rest } = counts
  return {
    ...rest,
    ...entries,
    received: counts.stored + entries.journalWaiting + entries.putAside,
    doubled: (doubled.rows[0]?.doubled ?? 0) + onItsWayAgain,
  }
}

/** Receipts pass through the journal too, and are nobody's message. */
const IS_MESSAGE = `(payload->>'kind' IS NULL OR payload->>'kind' NOT IN ('receipt', 'phone-message'))`

/** A page of messages with their lives, newest first, by keyset. */
export async function ledgerPage(
  ctx: TenantContext,
  input: LedgerPageInput,
): Promise<{ rows: LedgerRow[]; next: { createdAt: Date; id: string } | null }> {
  const { rows } = await queryIn<LedgerRow>(
    ctx,
    `WITH ${RANGE}, page AS (
       SELECT m.*, v."contactId", o.attempts, o."notBefore", ${IS_LOST} AS "isLost"
       FROM message m
       JOIN conversation v ON v."tenantId" = $1 AND v.id = m."conversationId"
       LEFT JOIN outbox o ON o."tenantId" = $1 AND o.id = m.id
       WHERE ${OF_CHANNEL} AND ${FILTER[input.filter]}
         AND ($5::timestamptz IS NULL OR (m."createdAt" <= $5 AND (m."createdAt", m.id) < ($5, $6::uuid)))
       ORDER BY m."createdAt" DESC, m.id DESC LIMIT ${PAGE}
     )
     SELECT page.id, page."conversationId", p.name AS "contactName", page.direction, page."authorKind", page.kind,
       left(page.text, ${PREVIEW}) AS text, page.at, page."createdAt", page.status, page."sentAt", page."deliveredAt",
       page."readAt", page."failureCode", page.attempts, page."notBefore", page."isLost",
       (SELECT a."createdAt" FROM message a
         WHERE page.direction = 'in' AND a."tenantId" = $1 AND a."conversationId" = page."conversationId"
           AND a.at >= page.at AND a.direction = 'out' AND a."authorKind" IN ('member', 'phone')
           AND a."sentAt" IS NOT NULL
         ORDER BY a.at, a.id LIMIT 1) AS "answeredAt"
     FROM page JOIN contact p ON p."tenantId" = $1 AND p.id = page."contactId"
     ORDER BY page."createdAt" DESC, page.id DESC`,
    [
      ctx.tenantId,
      input.channelId,
      input.from,
      input.to,
      input.cursor?.createdAt ?? null,
      input.cursor?.id ?? null,
    ],
  )
  const last = rows.at(-1)
  return { rows, next: rows.length === PAGE && last ? { createdAt: last.createdAt, id: last.id } : null }
}

/** What came in and is not a message yet: put aside first, then what waits, oldest first. */
export async function journalRows(ctx: TenantContext, channelId: string): Promise<JournalRow[]> {
  const columns = 'id, "receivedAt", attempts, "lastError", "deadAt"'
  const ofChannel = `FROM inbound_journal WHERE "tenantId" = $1 AND "channelId" = $2 AND ${IS_MESSAGE}`
  const { rows } = await queryIn<JournalRow>(
    ctx,
    `(SELECT ${columns} ${ofChannel} AND "deadAt" IS NOT NULL ORDER BY id LIMIT ${JOURNAL_ROWS})
     UNION ALL (SELECT ${columns} ${ofChannel} AND "deadAt" IS NULL ORDER BY id LIMIT ${JOURNAL_ROWS})`,
    [ctx.tenantId, channelId],
  )
  return rows
}

/** Takes up again what was put aside after its last try. The worker finds it within a second. */
export async function retakeJournalRow(
  ctx: TenantContext,
  input: { channelId: string; entryId: string },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.inboundJournal.updateMany({
      where: {
        tenantId: tx.tenantId,
        channelId: input.channelId,
        id: input.entryId,
        deadAt: { not: null },
      },
      data: { deadAt: null, attempts: 0, notBefore: null },
    })
    if (count === 0) throw new DomainError('NOT_FOUND', 'entryNotFound')
    await recordAudit(tx, { action: 'channel.entryRetaken', target: `channel:${input.channelId}` })
  })
}

import type { TenantContext } from '@/server/kernel/context'
import { queryIn } from '@/server/kernel/database'
import { DomainError } from '@/server/kernel/errors'
import { stretchesOf, uptimeOf } from './rules'
import type { ChannelAlarmRow, ChannelMonitor, LastMessage, LinkChange } from './schema'

const DAY_MS = 86_400_000
/** A link that flaps more often than this in a month is known for that already. */
const MAX_CHANGES = 5_000
const PAGE = 50
const ALARMS = 20
const PREVIEW = 120

type ChannelRow = ChannelMonitor['channel'] & {
  bornAt: Date
  waiting: number
  oldestWaitingAt: Date | null
}

/** @throws DomainError NOT_FOUND for a channel that is none of the company's. */
export async function monitorOf(ctx: TenantContext, channelId: string): Promise<ChannelMonitor> {
  const [channels, changes, lastIn, lastOut, alarms] = await Promise.all([
    queryIn<ChannelRow>(
      ctx,
      `SELECT c.id, c.kind, c.name, c.address, c.wanted, c.state, c."stateReason", c."stateSince", c.restriction,
         c."restrictedSince", c."restrictedUntil", c."newChatsUsed", c."newChatsTotal", c."newChatsUntil",
         COALESCE((SELECT s.at FROM channel_state_change s WHERE s."tenantId" = $1 AND s."channelId" = c.id
           AND s.state = 'connected' ORDER BY s.at LIMIT 1), c."createdAt") AS "bornAt", o.waiting, o."oldestWaitingAt"
       FROM channel c, LATERAL (
         SELECT count(*)::int AS waiting, min("createdAt") AS "oldestWaitingAt" FROM outbox
         WHERE "tenantId" = $1 AND "channelId" = c.id
       ) o
       WHERE c."tenantId" = $1 AND c.id = $2 AND c."archivedAt" IS NULL`,
      [ctx.tenantId, channelId],
    ),
    changesOfMonth(ctx, channelId),
    lastMessage(ctx, channelId, 'in'),
    lastMessage(ctx, channelId, 'out'),
    listAlarms(ctx, channelId),
  ])
  const row = channels.rows[0]
  if (!row) throw new DomainError('NOT_FOUND', 'channelNotFound')
  const { bornAt, waiting, oldestWaitingAt, ...channel } = row
  const window = (days: number) =>
    stretchesOf(changes, { from: new Date(ctx.now.getTime() - days * DAY_MS), to: ctx.now }, bornAt)
  const lastDay = window(1)
  return {
    now: ctx.now,
    channel,
    lastIn,
    lastOut,
    waiting,
    oldestWaitingAt,
    lastDay,
    uptime: { day: uptimeOf(lastDay), week: uptimeOf(window(7)), month: uptimeOf(window(30)) },
    alarms,
  }
}

/** Oldest first, led by the change that was in force when the month began. */
async function changesOfMonth(ctx: TenantContext, channelId: string): Promise<LinkChange[]> {
  const from = new Date(ctx.now.getTime() - 30 * DAY_MS)
  const columns = 'id, state, reason, code, at'
  const ofChannel = `FROM channel_state_change WHERE "tenantId" = $1 AND "channelId" = $2`
  const { rows } = await queryIn<LinkChange>(
    ctx,
    `(SELECT ${columns} ${ofChannel} AND at >= $3 ORDER BY at DESC LIMIT ${MAX_CHANGES})
     UNION ALL (SELECT ${columns} ${ofChannel} AND at < $3 ORDER BY at DESC LIMIT 1)
     ORDER BY at, id`,
    [ctx.tenantId, channelId, from],
  )
  return rows
}

async function lastMessage(
  ctx: TenantContext,
  channelId: string,
  direction: 'in' | 'out',
): Promise<LastMessage | null> {
  const { rows } = await queryIn<LastMessage>(
    ctx,
    `SELECT m."createdAt" AS at, p.name AS "contactName", left(m.text, ${PREVIEW}) AS text, m.status
     FROM (
       SELECT * FROM message WHERE "tenantId" = $1 AND "channelId" = $2 AND direction = $3 AND direction <> 'note'
         AND (direction = 'in' OR status IN ('sent', 'delivered', 'read'))
       ORDER BY "createdAt" DESC, id DESC LIMIT 1
     ) m
     JOIN conversation v ON v."tenantId" = $1 AND v.id = m."conversationId"
     JOIN contact p ON p."tenantId" = $1 AND p.id = v."contactId"`,
    [ctx.tenantId, channelId, direction],
  )
  return rows[0] ?? null
}

/** A page of what the link did, newest first. */
export async function linkChanges(
  ctx: TenantContext,
  input: { channelId: string; cursor?: { at: Date; id: string } | null | undefined },
): Promise<{ changes: LinkChange[]; next: { at: Date; id: string } | null }> {
  const { rows } = await queryIn<LinkChange>(
    ctx,
    `SELECT id, state, reason, code, at FROM channel_state_change
     WHERE "tenantId" = $1 AND "channelId" = $2
       AND ($3::timestamptz IS NULL OR (at <= $3 AND (at, id) < ($3, $4::uuid)))
     ORDER BY at DESC, id DESC LIMIT ${PAGE}`,
    [ctx.tenantId, input.channelId, input.cursor?.at ?? null, input.cursor?.id ?? null],
  )
  const last = rows.at(-1)
  return { changes: rows, next: rows.length === PAGE && last ? { at: last.at, id: last.id } : null }
}

/** What stands first, then what is over, newest first. @param channelId left out: of the whole company */
export async function listAlarms(ctx: TenantContext, channelId?: string): Promise<ChannelAlarmRow[]> {
  const { rows } = await queryIn<ChannelAlarmRow>(
    ctx,
    `SELECT a.id, a."channelId", c.name AS "channelName", a.kind, a.reason, a.code, a."raisedAt", a."clearedAt"
     FROM channel_alarm a JOIN channel c ON c."tenantId" = $1 AND c.id = a."channelId"
     WHERE a."tenantId" = $1 AND ($2::uuid IS NULL OR a."channelId" = $2) AND c."archivedAt" IS NULL
     ORDER BY (a."clearedAt" IS NULL) DESC, a."raisedAt" DESC LIMIT ${ALARMS}`,
    [ctx.tenantId, channelId ?? null],
  )
  return rows
}

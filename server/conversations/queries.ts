import type { z } from 'zod'
import { memberOf, type TenantContext } from '@/server/kernel/context'
import { queryAs, queryIn, type TenantId } from '@/server/kernel/database'
import { DomainError } from '@/server/kernel/errors'
import { type MemberActor, subStateOf } from './rules'
import type {
  ConversationDetails,
  ConversationRow,
  ConversationState,
  ListInput,
  MessageStatus,
  olderInput,
  ThreadEvent,
  ThreadMessage,
  View,
  ViewCounts,
} from './schema'
import { MESSAGE, MESSAGE_JOIN, type RawMessage, toMessage } from './thread-messages'

type RawRow = Omit<ConversationRow, 'preview' | 'subState'> & {
  openedBy: string
  phoneAnsweredAt: Date | null
  abandonedAt: Date | null
  previewText: string
  previewKind: string
  previewDirection: 'in' | 'out' | 'note'
  previewAuthor: ConversationRow['preview']['author']
  previewStatus: MessageStatus | null
}

/** Columns of a list row. $1 is the company, $2 the member who reads (or null: nobody's unread). */
const ROW = `v.id, v."contactId", p.name AS "contactName", v."channelId", h.kind AS "channelKind",
  h.name AS "channelName", v.state, v."assigneeId", m.name AS "assigneeName", v."teamId", t.name AS "teamName",
  v."optionLabel", v."waitingSince", v."lineSince", v."openedAt", v."openedBy", v."resolvedAt", v."lastMessageAt",
  v."sortAt", v."phoneAnsweredAt", v."abandonedAt", v."previewText", v."previewKind", v."previewDirection",
  v."previewAuthor", v."previewStatus", v."inboundCount", v."changedTx"::text AS "changedTx",
  GREATEST(0, v."inboundCount" - COALESCE(r."inboundCount", 0)) AS "unreadCount"`

/** Members, teams and channels of a company are few: OFFSET 0 has them read once for a page, not once for a row. */
const few = (table: 'membership' | 'team' | 'channel', columns: string) =>
  `(SELECT ${columns} FROM ${table} WHERE "tenantId" = $1 OFFSET 0)`

const JOINS = `JOIN contact p ON p."tenantId" = $1 AND p.id = v."contactId"
  JOIN ${few('channel', 'id, kind, name, state, "stateSince", address')} h ON h.id = v."channelId"
  LEFT JOIN ${few('membership', 'id, name')} m ON m.id = v."assigneeId"
  LEFT JOIN ${few('team', 'id, name')} t ON t.id = v."teamId"
  LEFT JOIN conversation_read r ON r."tenantId" = $1 AND r."memberId" = $2 AND r."conversationId" = v.id`

function toRow(raw: RawRow): ConversationRow {
  const { previewText, previewKind, previewDirection, previewAuthor, previewStatus, ...rest } = raw
  const { openedBy, phoneAnsweredAt, abandonedAt, ...row } = rest
  return {
    ...row,
    subState: subStateOf({ ...row, openedBy, phoneAnsweredAt, abandonedAt }),
    preview: {
      kind: previewKind,
      text: previewText,
      direction: previewDirection,
      author: previewAuthor,
      status: previewStatus,
    },
  }
}

/** The SQL twin of rules.canSee. $2 is the member, $3 their teams. */
function visible(actor: MemberActor): string {
  if (actor.sees === 'all') return 'true'
  const parts = [`v."assigneeId" = $2`]
  if (actor.seesTeamless) parts.push(`(v."assigneeId" IS NULL AND v."teamId" IS NULL)`)
  if (actor.sees === 'teams') parts.push(`v."teamId" = ANY($3::uuid[])`)
  return `(${parts.join(' OR ')})`
}

/** What a view holds, beyond visibility. Team ids come from the address, so they travel as a value ($4). */
function conditionOf(view: View): {
  states: readonly ConversationState[]
  where: string
  teamId: string | null
} {
  const unresolved = ['pending', 'follow-up', 'open'] as const
  if (view.startsWith('team:')) {
    return { states: [...unresolved], where: `v."teamId" = $4::uuid`, teamId: view.slice('team:'.length) }
  }
  const mine = `v."assigneeId" = $2`
  switch (view) {
    case 'mine-pending':
      return { states: ['pending'], where: mine, teamId: null }
    case 'mine-follow-up':
      return { states: ['follow-up'], where: mine, teamId: null }
    case 'mine':
      return { states: ['pending', 'follow-up'], where: mine, teamId: null }
    case 'open':
      return { states: ['open'], where: 'true', teamId: null }
    case 'line':
      return { states: ['open'], where: `v."lineSince" IS NOT NULL`, teamId: null }
    case 'menu':
      return { states: ['open'], where: `v."lineSince" IS NULL`, teamId: null }
    case 'resolved':
      return { states: ['resolved'], where: 'true', teamId: null }
    default:
      return { states: [...unresolved, 'resolved'], where: 'true', teamId: null }
  }
}

/** Contacts that a search looks through, the newest first. */
const FOUND_MOST = 200

type Cursor = { rank: number; at: string; id: string }

const encodeCursor = (cursor: Cursor) => `${cursor.rank}_${cursor.at}_${cursor.id}`

function decodeCursor(text: string | null | undefined): Cursor | null {
  const match = /^(\d)_([0-9TZ:.-]+)_([0-9a-f-]{36})$/.exec(text ?? '')
  if (!text) return null
  if (!match?.[1] || !match[2] || !match[3])
    throw new DomainError('INVALID', 'cursorInvalid', { field: 'cursor' })
  return { rank: Number(match[1]), at: match[2], id: match[3] }
}

/**
 * One page of a view: pending by longest wait, follow-up by longest silence, open, then resolved by newest; or, by
 * `recent`, the newest first and resolved after. Keyset pages: page 400 costs what page 1 costs. One statement.
 */
export async function listConversations(
  ctx: TenantContext,
  input: ListInput,
): Promise<{ rows: ConversationRow[]; nextCursor: string | null }> {
  const actor = memberOf(ctx)
  const cursor = decodeCursor(input.cursor)
  const { states, where: viewWhere, teamId } = conditionOf(input.view)
  const search = input.search || null
  const where = search ? `${viewWhere} AND v."contactId" IN (SELECT id FROM found)` : viewWhere
  const branches =
    input.sort === 'wait'
      ? states.map((state, rank) => ({ rank, resolved: state === 'resolved', filter: stateFilter(state) }))
      : [
          ...(states.some((state) => state !== 'resolved')
            ? [{ rank: 0, resolved: false, filter: recentFilter(states) }]
            : []),
          ...(states.includes('resolved')
            ? [{ rank: 1, resolved: true, filter: stateFilter('resolved') }]
            : []),
        ]
  const values: unknown[] = [
    ctx.tenantId,
    actor.memberId,
    [...actor.teamIds],
    teamId,
    input.limit + 1,
    search,
  ]
  const selects = branches
    .filter((branch) => !cursor || branch.rank >= cursor.rank)
    .map((branch) => {
      const newestFirst = branch.resolved || input.sort === 'recent'
      const order = newestFirst ? `v."lastMessageAt" DESC, v.id DESC` : `v."sortAt", v.id`
      let after = ''
      if (cursor && cursor.rank === branch.rank) {
        values.push(cursor.at, cursor.id)
        const place = `($${values.length - 1}::timestamptz, $${values.length}::uuid)`
        after = newestFirst ? `AND (v."lastMessageAt", v.id) < ${place}` : `AND (v."sortAt", v.id) > ${place}`
      }
      return `(SELECT ${branch.rank} AS rank, v.* FROM conversation v
        WHERE v."tenantId" = $1 AND ${branch.filter} AND ${where} AND ${visible(actor)} ${after}
        ORDER BY ${order} LIMIT $5)`
    })
  const { rows } = await queryIn<RawRow & { rank: number }>(
    ctx,
    `WITH found AS MATERIALIZED (SELECT search_contacts($6, ${FOUND_MOST}) AS id WHERE $6::text IS NOT NULL),
     page AS (SELECT * FROM (${selects.join(' UNION ALL ')}) all_branches LIMIT $5)
     SELECT v.rank, ${ROW} FROM page v ${JOINS}
     WHERE $3::uuid[] IS NOT NULL AND ($4::uuid IS NULL OR true)`,
    values,
  )
  const sorted = rows.sort((left, right) => comparePlaces(left, right, input.sort))
  const page = sorted.slice(0, input.limit)
  const last = page.at(-1)
  const more = sorted.length > input.limit && last
  const newestFirst = last?.state === 'resolved' || input.sort === 'recent'
  return {
    rows: page.map(({ rank: _rank, ...raw }) => toRow(raw)),
    nextCursor: more
      ? encodeCursor({
          rank: last.rank,
          at: (newestFirst ? last.lastMessageAt : last.sortAt).toISOString(),
          id: last.id,
        })
      : null,
  }
}

/** The join to names may hand rows back in another order than the page was cut in. */
function comparePlaces(
  left: RawRow & { rank: number },
  right: RawRow & { rank: number },
  sort: ListInput['sort'],
): number {
  if (left.rank !== right.rank) return left.rank - right.rank
  const newestFirst = left.state === 'resolved' || sort === 'recent'
  const by = newestFirst
    ? right.lastMessageAt.getTime() - left.lastMessageAt.getTime()
    : left.sortAt.getTime() - right.sortAt.getTime()
  if (by !== 0) return by
  const byId = left.id < right.id ? -1 : 1
  return newestFirst ? -byId : byId
}

/** Written so that the planner sees the partial indexes' own condition. */
function stateFilter(state: ConversationState): string {
  return state === 'resolved'
    ? `v."resolvedAt" IS NOT NULL`
    : `v."resolvedAt" IS NULL AND v.state = '${state}'`
}

function recentFilter(states: readonly ConversationState[]): string {
  const live = states.filter((state) => state !== 'resolved')
  const all = live.length === 3
  return `v."resolvedAt" IS NULL${all ? '' : ` AND v.state IN (${live.map((state) => `'${state}'`).join(', ')})`}`
}

/** All counts of the views in one pass over the unresolved chats, read from conversation_team alone. */
export async function viewCounts(ctx: TenantContext): Promise<ViewCounts> {
  const actor = memberOf(ctx)
  const { rows } = await queryIn<ViewCounts>(
    ctx,
    `WITH live AS MATERIALIZED (
       SELECT v.state, v."assigneeId", v."teamId", v."lineSince" IS NOT NULL AS line
       FROM conversation v WHERE v."tenantId" = $1 AND v."resolvedAt" IS NULL AND ${visible(actor)}
         AND $3::uuid[] IS NOT NULL
     )
     SELECT count(*) FILTER (WHERE "assigneeId" = $2 AND state = 'pending')::int AS "minePending",
       count(*) FILTER (WHERE "assigneeId" = $2 AND state = 'follow-up')::int AS "mineFollowUp",
       count(*) FILTER (WHERE state = 'open')::int AS open,
       count(*) FILTER (WHERE state = 'open' AND line)::int AS line,
       count(*) FILTER (WHERE state = 'open' AND NOT line)::int AS menu,
       count(*)::int AS all,
       COALESCE((SELECT jsonb_object_agg("teamId", n) FROM (
         SELECT "teamId", count(*)::int AS n FROM live WHERE "teamId" IS NOT NULL GROUP BY "teamId") by_team), '{}') AS teams
     FROM live`,
    [ctx.tenantId, actor.memberId, [...actor.teamIds]],
  )
  const counts = rows[0]
  if (!counts) throw new Error('an aggregate always has a row')
  return counts
}

const FIRST_PAGE = 50

/**
 * A chat with its side panel and newest messages: three statements, sent at once.
 * @throws DomainError NOT_FOUND when it is not there or not theirs to see; the two are not told apart.
 */
export async function conversationDetails(
  ctx: TenantContext,
  conversationId: string,
): Promise<ConversationDetails> {
  const actor = memberOf(ctx)
  const [heads, messages, events] = await Promise.all([
    queryIn<RawRow & HeadColumns>(
      ctx,
      `SELECT ${ROW}, v."assignedAt", p.phone, p."createdAt" AS "contactSince",
         h.state AS "channelState", h."stateSince", h.address,
         (SELECT count(*)::int FROM conversation c WHERE c."tenantId" = $1 AND c."contactId" = v."contactId") AS chats,
         COALESCE((SELECT jsonb_agg(to_jsonb(e)) FROM (
           SELECT c.id, c."openedAt", c."resolvedAt", c."previewText", c."optionLabel" FROM conversation c
           WHERE c."tenantId" = $1 AND c."contactId" = v."contactId" AND c.id <> v.id AND ${visible(actor).replaceAll('v.', 'c.')}
           ORDER BY c."openedAt" DESC LIMIT 5) e), '[]') AS previous
       FROM conversation v ${JOINS}
       WHERE v."tenantId" = $1 AND v.id = $4 AND ${visible(actor)} AND $3::uuid[] IS NOT NULL`,
      [ctx.tenantId, actor.memberId, [...actor.teamIds], conversationId],
    ),
    queryIn<RawMessage>(
      ctx,
      `SELECT ${MESSAGE} FROM message s ${MESSAGE_JOIN}
       WHERE s."tenantId" = $1 AND s."conversationId" = $2 ORDER BY s.at DESC, s.id DESC LIMIT ${FIRST_PAGE + 1}`,
      [ctx.tenantId, conversationId],
    ),
    threadEvents(ctx, conversationId),
  ])
  const head = heads.rows[0]
  if (!head) throw new DomainError('NOT_FOUND', 'chatNotFound')
  const { assignedAt, phone, contactSince, channelState, stateSince, address, chats, previous, ...raw } = head
  const row = toRow(raw)
  const page = messages.rows.slice(0, FIRST_PAGE)
  return {
    row,
    contact: { id: row.contactId, name: row.contactName, phone, since: contactSince, chats },
    channel: {
      id: row.channelId,
      kind: row.channelKind,
      name: row.channelName,
      state: channelState,
      stateSince,
      address,
    },
    assignedAt,
    previous: previous.map((chat) => ({
      ...chat,
      openedAt: new Date(chat.openedAt),
      resolvedAt: chat.resolvedAt ? new Date(chat.resolvedAt) : null,
    })),
    messages: page.map((raw) => toMessage(ctx.tenantId, raw)).reverse(),
    events,
    olderFrom: messages.rows.length > FIRST_PAGE ? (page.at(-1)?.id ?? null) : null,
    unreadCount: row.unreadCount,
  }
}

type HeadColumns = {
  assignedAt: Date | null
  phone: string | null
  contactSince: Date
  channelState: string
  stateSince: Date
  address: string | null
  chats: number
  previous: {
    id: string
    openedAt: string
    resolvedAt: string | null
    previewText: string
    optionLabel: string | null
  }[]
}

async function threadEvents(ctx: TenantContext, conversationId: string): Promise<ThreadEvent[]> {
  const { rows } = await queryIn<ThreadEvent>(
    ctx,
    `SELECT e.id, e.type, e.at, e."actorKind", a.name AS "actorName", m.name AS "memberName",
       f.name AS "fromMemberName", t.name AS "teamName", e."optionLabel", e.reason, e.data
     FROM conversation_event e
     LEFT JOIN membership a ON a."tenantId" = $1 AND a.id = e."actorId"
     LEFT JOIN membership m ON m."tenantId" = $1 AND m.id = e."memberId"
     LEFT JOIN membership f ON f."tenantId" = $1 AND f.id = e."fromMemberId"
     LEFT JOIN team t ON t."tenantId" = $1 AND t.id = e."teamId"
     WHERE e."tenantId" = $1 AND e."conversationId" = $2
       AND e.type NOT IN ('answered', 'first-answered', 'incoming', 'passed-on', 'new-contact')
     ORDER BY e.id DESC LIMIT 200`,
    [ctx.tenantId, conversationId],
  )
  return rows.reverse()
}

/** Older messages of a chat: one statement for the right to see it and the page. */
export async function olderMessages(
  ctx: TenantContext,
  input: z.infer<typeof olderInput>,
): Promise<{ messages: ThreadMessage[]; olderFrom: string | null }> {
  const actor = memberOf(ctx)
  const { rows } = await queryIn<RawMessage>(
    ctx,
    `SELECT ${MESSAGE} FROM message s ${MESSAGE_JOIN}
     WHERE s."tenantId" = $1 AND s."conversationId" = $4
       AND (s.at, s.id) < (SELECT b.at, b.id FROM message b WHERE b."tenantId" = $1 AND b.id = $5 AND b."conversationId" = $4)
       AND EXISTS (SELECT 1 FROM conversation v WHERE v."tenantId" = $1 AND v.id = $4 AND ${visible(actor)})
       AND $2::uuid IS NOT NULL AND $3::uuid[] IS NOT NULL
     ORDER BY s.at DESC, s.id DESC LIMIT $6`,
    [ctx.tenantId, actor.memberId, [...actor.teamIds], input.conversationId, input.before, input.limit + 1],
  )
  const page = rows.slice(0, input.limit)
  return {
    messages: page.map((raw) => toMessage(ctx.tenantId, raw)).reverse(),
    olderFrom: rows.length > input.limit ? (page.at(-1)?.id ?? null) : null,
  }
}

/** More changes than this and the client loads its screen anew. */
const SYNC_LIMIT = 300

/**
 * What changed since a cursor: gap-free, because the cursor is the oldest transaction that was still running when the
 * last answer was read. `gone` are chats that the member may no longer see.
 */
export async function changesSince(
  ctx: TenantContext,
  input: { cursor: string; openConversationId?: string | undefined },
) {
  const actor = memberOf(ctx)
  const values = [ctx.tenantId, actor.memberId, [...actor.teamIds], input.cursor]
  // The mark is read before the rows: what commits in between comes twice, never not at all.
  const marks = await queryIn<{ gone: string[]; cursor: string }>(
    ctx,
    `SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS cursor,
         COALESCE(jsonb_agg(v.id) FILTER (WHERE NOT ${visible(actor)}), '[]') AS gone
       FROM (SELECT c.* FROM conversation c WHERE c."tenantId" = $1 AND c."changedTx" >= $4::bigint LIMIT ${SYNC_LIMIT}) v
       WHERE $2::uuid IS NOT NULL AND $3::uuid[] IS NOT NULL`,
    values,
  )
  const mark = marks.rows[0]
  const [rows, messages] = await Promise.all([
    queryIn<RawRow>(
      ctx,
      `SELECT ${ROW} FROM conversation v ${JOINS}
       WHERE v."tenantId" = $1 AND v."changedTx" >= $4::bigint AND ${visible(actor)} AND $3::uuid[] IS NOT NULL
       ORDER BY v."changedTx" LIMIT ${SYNC_LIMIT}`,
      values,
    ),
    input.openConversationId
      ? queryIn<RawMessage>(
          ctx,
          `SELECT ${MESSAGE} FROM message s ${MESSAGE_JOIN}
           WHERE s."tenantId" = $1 AND s."conversationId" = $5 AND s."changedTx" >= $4::bigint
             AND EXISTS (SELECT 1 FROM conversation v WHERE v."tenantId" = $1 AND v.id = $5 AND ${visible(actor)})
             AND $2::uuid IS NOT NULL AND $3::uuid[] IS NOT NULL
           ORDER BY s.at, s.id LIMIT ${SYNC_LIMIT}`,
          [...values, input.openConversationId],
        )
      : null,
  ])
  return {
    rows: rows.rows.map(toRow),
    messages: messages?.rows.map((raw) => toMessage(ctx.tenantId, raw)) ?? [],
    gone: mark?.gone ?? [],
    cursor: mark?.cursor ?? input.cursor,
    reload: rows.rows.length === SYNC_LIMIT || messages?.rows.length === SYNC_LIMIT,
  }
}

/** A point from which changesSince misses nothing. */
export async function syncCursor(ctx: TenantContext): Promise<string> {
  const { rows } = await queryIn<{ cursor: string }>(
    ctx,
    'SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS cursor',
  )
  return rows[0]?.cursor ?? '0'
}

/** Rows and messages as realtime carries them: nobody's unread. Two statements whatever the number. */
export async function readForAnnouncement(
  tenantId: TenantId,
  conversationIds: string[],
  messageIds: string[],
) {
  const [rows, messages] = await Promise.all([
    queryAs<RawRow>(tenantId, {
      name: 'announced-chats',
      text: `SELECT ${ROW} FROM conversation v ${JOINS} WHERE v."tenantId" = $1 AND v.id = ANY($3::uuid[])`,
      values: [tenantId, null, conversationIds],
    }),
    messageIds.length > 0
      ? queryAs<RawMessage>(tenantId, {
          name: 'announced-messages',
          text: `SELECT ${MESSAGE} FROM message s ${MESSAGE_JOIN} WHERE s."tenantId" = $1 AND s.id = ANY($2::uuid[])`,
          values: [tenantId, messageIds],
        })
      : null,
  ])
  return { rows: rows.rows.map(toRow), messages: messages?.rows.map((raw) => toMessage(tenantId, raw)) ?? [] }
}

/** Whether a member may see a chat; one indexed read. */
export async function maySee(ctx: TenantContext, conversationId: string): Promise<boolean> {
  const actor = memberOf(ctx)
  const { rows } = await queryIn<{ seen: boolean }>(
    ctx,
    `SELECT true AS seen FROM conversation v WHERE v."tenantId" = $1 AND v.id = $4 AND ${visible(actor)}
       AND $2::uuid IS NOT NULL AND $3::uuid[] IS NOT NULL`,
    [ctx.tenantId, actor.memberId, [...actor.teamIds], conversationId],
  )
  return rows.length > 0
}

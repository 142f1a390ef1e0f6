import type { Transaction } from '@/server/kernel/context'
import { newId } from '@/server/kernel/ids'
import { calendarOf } from './calendar'
import { businessSeconds, localDay } from './hours'
import { BUCKET_COUNT, bucketOf } from './rules'
import type { NewEvent } from './schema'

/**
 * Stores what happened and counts it into the day's rollups. Call it last in a transaction: the rollup rows are the
 * hottest of a company, and are locked, in sorted order, only until the commit that follows.
 */
export async function recordEvents(tx: Transaction, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const calendar = await calendarOf(tx.tenantId)
  const seconds = (span: NewEvent['span']) =>
    span ? Math.max(0, Math.round((span.to.getTime() - span.from.getTime()) / 1000)) : null
  const inHours = (span: NewEvent['span']) => (span ? businessSeconds(span.from, span.to, calendar) : null)
  const rows = events.map((event) => ({
    tenantId: tx.tenantId,
    id: newId(),
    conversationId: event.conversationId,
    type: event.type,
    at: event.at,
    day: localDay(event.countOn ?? event.at, calendar.timeZone),
    actorKind: event.actorKind,
    actorId: event.actorId ?? null,
    channelId: event.channelId,
    memberId: event.memberId ?? null,
    fromMemberId: event.fromMemberId ?? null,
    teamId: event.teamId ?? null,
    fromTeamId: event.fromTeamId ?? null,
    optionId: event.optionId ?? null,
    optionLabel: event.optionLabel ?? null,
    messageId: event.messageId ?? null,
    reason: event.reason ?? null,
    seconds: seconds(event.span),
    businessSeconds: inHours(event.span),
    waitSeconds: seconds(event.wait),
    waitBusinessSeconds: inHours(event.wait),
    data: event.data ?? null,
  }))
  await tx.db.$executeRaw`
    INSERT INTO conversation_event ("tenantId", id, "conversationId", type, at, day, "actorKind", "actorId", "channelId",
      "memberId", "fromMemberId", "teamId", "fromTeamId", "optionId", "optionLabel", "messageId", reason, seconds,
      "businessSeconds", "waitSeconds", "waitBusinessSeconds", data)
    SELECT e."tenantId", e.id, e."conversationId", e.type, e.at, e.day, e."actorKind", e."actorId", e."channelId",
      e."memberId", e."fromMemberId", e."teamId", e."fromTeamId", e."optionId", e."optionLabel", e."messageId", e.reason,
      e.seconds, e."businessSeconds", e."waitSeconds", e."waitBusinessSeconds", e.data
    FROM jsonb_populate_recordset(NULL::conversation_event, ${JSON.stringify(rows)}::jsonb) e`
  await countInto(tx, rows)
}

type StoredEvent = {
  type: string
  day: string
  memberId: string | null
  actorId: string | null
  optionId: string | null
  channelId: string
  seconds: number | null
  waitSeconds: number | null
  reason: string | null
}

type Rollup = {
  dimension: string
  day: string
  dimensionId: string
  newChats: number
  incoming: number
  resolved: number
  autoResolved: number
  responses: number
  responseSeconds: number
  waitSeconds: number
  firstResponses: number
  firstResponseSeconds: number
  responseBuckets: number[]
}

/** What one event adds to the counts of its day; pure, and the recount test runs the same function over all events. */
export function rollupsOf(tenantId: string, events: readonly StoredEvent[]): Rollup[] {
  const rollups = new Map<string, Rollup>()
  const at = (dimension: string, day: string, dimensionId: string) => {
    const key = `${dimension} ${day} ${dimensionId}`
    let rollup = rollups.get(key)
    if (!rollup) {
      rollup = {
        dimension,
        day,
        dimensionId,
        newChats: 0,
        incoming: 0,
        resolved: 0,
        autoResolved: 0,
        responses: 0,
        responseSeconds: 0,
        waitSeconds: 0,
        firstResponses: 0,
        firstResponseSeconds: 0,
        responseBuckets: Array.from({ length: BUCKET_COUNT }, () => 0),
      }
      rollups.set(key, rollup)
    }
    return rollup
  }
  for (const event of events) {
    const into = [at('company', event.day, tenantId), at('channel', event.day, event.channelId)]
    if (event.memberId) into.push(at('member', event.day, event.memberId))
    if (event.optionId) into.push(at('option', event.day, event.optionId))
    for (const rollup of into) count(rollup, event)
  }
  // Sorted, so that two transactions lock the same rows in the same order. Rows that say nothing are left out.
  return [...rollups.entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, rollup]) => rollup)
    .filter(saysSomething)
}

function saysSomething(rollup: Rollup): boolean {
  const { newChats, incoming, resolved, autoResolved, responses, firstResponses } = rollup
  return [newChats, incoming, resolved, autoResolved, responses, firstResponses].some((n) => n !== 0)
}

function count(rollup: Rollup, event: StoredEvent): void {
  const byOption = rollup.dimension === 'option'
  switch (event.type) {
    case 'new-contact':
      rollup.newChats += 1
      break
    case 'incoming':
      // A member's incoming is the chat's first coming to them; an option's is its being chosen.
      if (!byOption) rollup.incoming += 1
      break
    case 'option-chosen':
      if (byOption) rollup.incoming += 1
      break
    case 'resolved':
      if (event.reason === 'person') rollup.resolved += 1
      else rollup.autoResolved += 1
      break
    case 'resolution-undone':
      rollup.resolved -= 1
      break
    case 'answered':
      rollup.responses += 1
      rollup.responseSeconds += event.seconds ?? 0
      rollup.waitSeconds += event.waitSeconds ?? 0
      rollup.responseBuckets[bucketOf(event.seconds ?? 0)] =
        (rollup.responseBuckets[bucketOf(event.seconds ?? 0)] ?? 0) + 1
      break
    case 'first-answered':
      rollup.firstResponses += 1
      rollup.firstResponseSeconds += event.seconds ?? 0
      break
  }
}

async function countInto(tx: Transaction, events: readonly StoredEvent[]): Promise<void> {
  const rollups = rollupsOf(tx.tenantId, events)
  if (rollups.length === 0) return
  const rows = rollups.map((rollup) => ({ tenantId: tx.tenantId, ...rollup }))
  await tx.db.$executeRaw`
    INSERT INTO daily_rollup AS r ("tenantId", dimension, day, "dimensionId", "newChats", incoming, resolved,
      "autoResolved", responses, "responseSeconds", "waitSeconds", "firstResponses", "firstResponseSeconds",
      "responseBuckets")
    SELECT n."tenantId", n.dimension, n.day, n."dimensionId", n."newChats", n.incoming, n.resolved, n."autoResolved",
      n.responses, n."responseSeconds", n."waitSeconds", n."firstResponses", n."firstResponseSeconds",
      n."responseBuckets"
    FROM jsonb_populate_recordset(NULL::daily_rollup, ${JSON.stringify(rows)}::jsonb) n
    ORDER BY n.dimension, n.day, n."dimensionId"
    ON CONFLICT ("tenantId", dimension, day, "dimensionId") DO UPDATE SET
      "newChats" = r."newChats" + excluded."newChats",
      incoming = r.incoming + excluded.incoming,
      resolved = r.resolved + excluded.resolved,
      "autoResolved" = r."autoResolved" + excluded."autoResolved",
      responses = r.responses + excluded.responses,
      "responseSeconds" = r."responseSeconds" + excluded."responseSeconds",
      "waitSeconds" = r."waitSeconds" + excluded."waitSeconds",
      "firstResponses" = r."firstResponses" + excluded."firstResponses",
      "firstResponseSeconds" = r."firstResponseSeconds" + excluded."firstResponseSeconds",
      "responseBuckets" = ARRAY(
        SELECT COALESCE(a, 0) + COALESCE(b, 0)
        FROM unnest(r."responseBuckets", excluded."responseBuckets") WITH ORDINALITY AS pair(a, b, place)
        ORDER BY place)`
}

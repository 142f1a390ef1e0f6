import type { NewEvent } from '@/server/facts/schema'
import type { Transaction } from '@/server/kernel/context'
import type { LockedConversation } from './locked'

/** Why a chat came to someone: shown as "why me?". */
export type AssignmentReason = { reason: string; data?: unknown }

/**
 * Takes one place of a member's capacity. The row itself decides: of two transactions that want the last place one
 * updates no row and must choose again.
 * @returns false when the member is full, away, or gone.
 */
export async function claimPlace(tx: Transaction, memberId: string): Promise<boolean> {
  const taken = await tx.db.$executeRaw`
    UPDATE member_load l SET active = l.active + 1, "lastAssignedAt" = ${tx.now}
    FROM membership m
    WHERE l."tenantId" = ${tx.tenantId}::uuid AND l."memberId" = ${memberId}::uuid AND l.active < l.capacity
      AND m."tenantId" = l."tenantId" AND m.id = l."memberId" AND m."removedAt" IS NULL AND m.availability = 'available'`
  return taken === 1
}

/** People may take more than their capacity by their own hand. */
export async function takePlace(tx: Transaction, memberId: string): Promise<void> {
  await tx.db.$executeRaw`
    UPDATE member_load SET active = active + 1, "lastAssignedAt" = ${tx.now}
    WHERE "tenantId" = ${tx.tenantId}::uuid AND "memberId" = ${memberId}::uuid`
}

export async function releasePlace(tx: Transaction, memberId: string): Promise<void> {
  await tx.db.$executeRaw`
    UPDATE member_load SET active = active - 1
    WHERE "tenantId" = ${tx.tenantId}::uuid AND "memberId" = ${memberId}::uuid AND active > 0`
}

/** Who waited with whom: the former member's part of the wait ends here, unanswered. */
function passedOn(tx: Transaction, conversation: LockedConversation): NewEvent[] {
  if (!conversation.assigneeId || !conversation.waitingSince) return []
  const from = later(conversation.waitingSince, conversation.assignedAt)
  return [
    {
      type: 'passed-on',
      conversationId: conversation.id,
      channelId: conversation.channelId,
      at: tx.now,
      ...actorOf(tx),
      memberId: conversation.assigneeId,
      span: { from, to: tx.now },
    },
  ]
}

const later = (left: Date, right: Date | null) => (right && right > left ? right : left)

/** The actor's columns of an event. */
export function actorOf(tx: Transaction): { actorKind: string; actorId: string | null } {
  return { actorKind: tx.actor.kind, actorId: tx.actor.kind === 'member' ? tx.actor.memberId : null }
}

/**
 * Gives a chat to a member whose place is already taken (claimPlace or takePlace).
 * @returns the events to record at the end of the transaction, and the chat as it is now.
 */
export async function giveTo(
  tx: Transaction,
  conversation: LockedConversation,
  to: { memberId: string; teamId?: string | null },
  why: AssignmentReason,
): Promise<{ conversation: LockedConversation; events: NewEvent[] }> {
  if (conversation.assigneeId) await releasePlace(tx, conversation.assigneeId)
  const teamId = to.teamId === undefined ? conversation.teamId : to.teamId
  const changes = {
    assigneeId: to.memberId,
    assignedAt: tx.now,
    firstAssignedAt: conversation.firstAssignedAt ?? tx.now,
    teamId,
    lineSince: null,
    abandonedAt: null,
    botStopped: true,
    nextTimerAt: null,
  }
  await tx.db.conversation.update({
    where: { tenantId_id: { tenantId: tx.tenantId, id: conversation.id } },
    data: changes,
    select: { id: true },
  })
  const common = {
    conversationId: conversation.id,
    channelId: conversation.channelId,
    at: tx.now,
    ...actorOf(tx),
  }
  const events: NewEvent[] = [
    ...passedOn(tx, conversation),
    {
      ...common,
      type: 'assigned',
      memberId: to.memberId,
      fromMemberId: conversation.assigneeId,
      teamId,
      fromTeamId: conversation.teamId,
      optionId: conversation.optionId,
      reason: why.reason,
      data: why.data,
    },
  ]
  if (conversation.inboundCount > 0 && !(await cameBefore(tx, conversation.id, to.memberId))) {
    events.push({ ...common, type: 'incoming', memberId: to.memberId, optionId: conversation.optionId })
  }
  const state = conversation.waitingSince ? ('pending' as const) : ('follow-up' as const)
  return { conversation: { ...conversation, ...changes, state }, events }
}

/** A chat is incoming for a member once, for ever. */
async function cameBefore(tx: Transaction, conversationId: string, memberId: string): Promise<boolean> {
  const earlier = await tx.db.conversationEvent.findFirst({
    where: { tenantId: tx.tenantId, conversationId, type: 'incoming', memberId },
    select: { id: true },
  })
  return earlier !== null
}

/** Puts a chat into a team's waiting line (null: the line of nobody's team). `waitingSince` is kept. */
export async function putInLine(
  tx: Transaction,
  conversation: LockedConversation,
  teamId: string | null,
  why: AssignmentReason,
): Promise<{ conversation: LockedConversation; events: NewEvent[] }> {
  if (conversation.assigneeId) await releasePlace(tx, conversation.assigneeId)
  const changes = {
    assigneeId: null,
    assignedAt: null,
    teamId,
    lineSince: tx.now,
    firstLineAt: conversation.firstLineAt ?? tx.now,
    abandonedAt: null,
    botStopped: true,
    nextTimerAt: null,
  }
  await tx.db.conversation.update({
    where: { tenantId_id: { tenantId: tx.tenantId, id: conversation.id } },
    data: changes,
    select: { id: true },
  })
  const events: NewEvent[] = [
    ...passedOn(tx, conversation),
    {
      type: 'line-entered',
      conversationId: conversation.id,
      channelId: conversation.channelId,
      at: tx.now,
      ...actorOf(tx),
      fromMemberId: conversation.assigneeId,
      teamId,
      fromTeamId: conversation.teamId,
      optionId: conversation.optionId,
      reason: why.reason,
      data: why.data,
    },
  ]
  return { conversation: { ...conversation, ...changes, state: 'open' }, events }
}

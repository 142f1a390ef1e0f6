import type { Actor } from '@/server/kernel/context'
import { realtimeChannel } from '@/server/realtime/events'
import type { ConversationState, MessageStatus, OpenSubState } from './schema'

/** What the rules need to know of a chat; a locked row has it. */
export type ConversationFacts = {
  state: ConversationState
  assigneeId: string | null
  teamId: string | null
  resolvedAt: Date | null
  waitingSince: Date | null
}

/** The member's part of Actor. */
export type MemberActor = Extract<Actor, { kind: 'member' }>

/** Visibility, in one place: lists, counts, reading, answering, realtime and notifications ask here or in its SQL twin. */
export function canSee(
  conversation: Pick<ConversationFacts, 'assigneeId' | 'teamId'>,
  actor: MemberActor,
): boolean {
  if (actor.sees === 'all') return true
  if (conversation.assigneeId === actor.memberId) return true
  if (conversation.assigneeId === null && conversation.teamId === null) return actor.seesTeamless
  return actor.sees === 'teams' && conversation.teamId !== null && actor.teamIds.includes(conversation.teamId)
}

/** The first that fits; null unless the chat is open. */
export function subStateOf(conversation: {
  state: ConversationState
  lineSince: Date | null
  phoneAnsweredAt: Date | null
  openedBy: string
  inboundCount: number
  abandonedAt: Date | null
}): OpenSubState | null {
  if (conversation.state !== 'open') return null
  if (conversation.lineSince) return 'line'
  if (conversation.phoneAnsweredAt) return 'phone'
  if (conversation.openedBy !== 'customer' && conversation.inboundCount === 0) return 'ours'
  if (conversation.abandonedAt) return 'abandoned'
  return 'menu'
}

/** Why a member may not write here; a key of messages `errors`, or nothing. */
export function whyNotWrite(conversation: ConversationFacts): string | null {
  return conversation.resolvedAt ? 'chatResolved' : null
}

/** Resolving while the customer waits asks once. */
export function whyNotResolve(conversation: ConversationFacts, evenIfWaiting: boolean): string | null {
  if (conversation.resolvedAt) return 'alreadyResolved'
  if (conversation.waitingSince && !evenIfWaiting) return 'customerWaits'
  return null
}

/** How long after a resolution it can be undone. The toast shows it for 8 s, the chat for the whole time. */
const UNDO_SECONDS = 60

export function whyNotUndo(
  conversation: ConversationFacts & { resolution: string | null },
  now: Date,
): string | null {
  if (!conversation.resolvedAt || conversation.resolution === 'merged') return 'notResolved'
  return now.getTime() - conversation.resolvedAt.getTime() > UNDO_SECONDS * 1000 ? 'undoTooLate' : null
}

const STATUS_ORDER: Record<MessageStatus, number> = { queued: 0, failed: 1, sent: 2, delivered: 3, read: 4 }

/**
 * Receipts come twice and out of order; a status only moves forward. A failed message may still turn out sent: the
 * provider's word that it arrived is stronger than our not having heard.
 */
export function movesForward(from: MessageStatus, to: MessageStatus): boolean {
  return STATUS_ORDER[to] > STATUS_ORDER[from]
}

/** Who is told about a chat: never more than may see it; realtime/authorize judges the subscriptions. */
export function audienceOf(
  tenantId: string,
  conversation: Pick<ConversationFacts, 'assigneeId' | 'teamId'>,
): string[] {
  const channels = [realtimeChannel.supervision(tenantId)]
  if (conversation.assigneeId) channels.push(realtimeChannel.member(tenantId, conversation.assigneeId))
  if (conversation.teamId) channels.push(realtimeChannel.team(tenantId, conversation.teamId))
  if (!conversation.assigneeId && !conversation.teamId) channels.push(realtimeChannel.all(tenantId))
  return channels
}

/** What the list shows of a message. */
const PREVIEW_LENGTH = 160

export const previewOf = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, PREVIEW_LENGTH)

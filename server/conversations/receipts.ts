import { recordEvents } from '@/server/facts/commands'
import { responseFacts } from '@/server/facts/rules'
import type { NewEvent } from '@/server/facts/schema'
import type { Transaction } from '@/server/kernel/context'
import { announceConversation } from './announce'
import { type LockedConversation, lockConversation } from './locked'
import { updateConversation } from './messages'
import { audienceOf, movesForward } from './rules'
import type { AuthorKind, MessageStatus } from './schema'

type MessageRow = {
  id: string
  conversationId: string
  channelId: string
  status: MessageStatus
  authorKind: AuthorKind
  authorId: string | null
  createdAt: Date
  sentAt: Date | null
}

export type MessageKey = { messageId: string } | { channelId: string; externalId: string }

/**
 * Moves one of our messages forward: queued < sent < delivered < read, or failed. The first time it is sent, a human
 * answer takes effect on the customer's wait and on the reports.
 * @returns false when no such message is ours (a receipt for something typed on the phone long ago, say).
 */
export async function advanceMessage(
  tx: Transaction,
  key: MessageKey,
  to: {
    status: Exclude<MessageStatus, 'queued'>
    at: Date
    failureCode?: string | null
    failureFinal?: boolean
  },
): Promise<boolean> {
  const found = await tx.db.message.findFirst({
    where:
      'messageId' in key
        ? { tenantId: tx.tenantId, id: key.messageId, direction: 'out' }
        : { tenantId: tx.tenantId, channelId: key.channelId, externalId: key.externalId, direction: 'out' },
    select: { conversationId: true, id: true },
  })
  if (!found) return false
  // The chat's lock first, as everywhere: no two orders of locking, no deadlock.
  const conversation = await lockConversation(tx, found.conversationId)
  const message = await messageRow(tx, found.id)
  if (!message || !movesForward(message.status, to.status)) return true
  const arrived = to.status !== 'failed'
  await tx.db.message.update({
    where: { tenantId_id: { tenantId: tx.tenantId, id: message.id } },
    data: {
      status: to.status,
      ...(arrived
        ? { failureCode: null, failureFinal: false, sentAt: message.sentAt ?? to.at }
        : { failureCode: to.failureCode ?? 'unknown', failureFinal: to.failureFinal ?? false }),
      ...(to.status === 'delivered' || to.status === 'read' ? { deliveredAt: to.at } : {}),
      ...(to.status === 'read' ? { readAt: to.at } : {}),
    },
    select: { id: true },
  })
  const events: NewEvent[] = []
  if (arrived && !message.sentAt) events.push(...(await takeEffect(tx, conversation, message)))
  await tx.db.conversation.updateMany({
    where: { tenantId: tx.tenantId, id: conversation.id, lastMessageId: message.id },
    data: { previewStatus: to.status },
  })
  await announceConversation(
    tx,
    { conversationId: conversation.id, messageId: message.id },
    audienceOf(tx.tenantId, conversation),
  )
  await recordEvents(tx, events)
  return true
}

async function messageRow(tx: Transaction, id: string): Promise<MessageRow | null> {
  const rows = await tx.db.$queryRaw<MessageRow[]>`
    SELECT id, "conversationId", "channelId", status, "authorKind", "authorId", "createdAt", "sentAt"
    FROM message WHERE "tenantId" = ${tx.tenantId}::uuid AND id = ${id}::uuid FOR NO KEY UPDATE`
  return rows[0] ?? null
}

/**
 * A human answer, once accepted, ends the wait that began before it was written. Notes, the bot and the API without a
 * member are no answers. The answer's time is when it was written.
 */
async function takeEffect(
  tx: Transaction,
  conversation: LockedConversation,
  message: MessageRow,
): Promise<NewEvent[]> {
  const human = message.authorKind === 'member' || message.authorKind === 'phone'
  if (!human || conversation.resolvedAt) return []
  const next = await tx.db.message.findFirst({
    where: {
      tenantId: tx.tenantId,
      conversationId: conversation.id,
      direction: 'in',
      authorKind: 'customer',
      createdAt: { gt: message.createdAt },
    },
    orderBy: { createdAt: 'asc' },
    select: { createdAt: true },
  })
  await updateConversation(tx, conversation.id, {
    waitingSince: next?.createdAt ?? null,
    firstAnsweredAt: conversation.firstAnsweredAt ?? message.createdAt,
  })
  // A wait that began after the answer was written is not what it answered.
  const waitingSince = conversation.waitingSince
  const facts = responseFacts({
    answerAt: message.createdAt,
    waitingSince: waitingSince && waitingSince < message.createdAt ? waitingSince : null,
    assignedAt: conversation.assignedAt,
    authorIsAssignee: message.authorId !== null && message.authorId === conversation.assigneeId,
  })
  if (!facts) return []
  const common = {
    conversationId: conversation.id,
    channelId: conversation.channelId,
    at: message.createdAt,
    actorKind: message.authorKind,
    actorId: message.authorId,
    memberId: message.authorId,
    teamId: conversation.teamId,
    optionId: conversation.optionId,
    optionLabel: conversation.optionLabel,
    messageId: message.id,
  }
  const events: NewEvent[] = [{ ...common, type: 'answered', span: facts.span, wait: facts.wait }]
  if (!conversation.firstAnsweredAt) {
    const began = conversation.firstLineAt ?? conversation.firstAssignedAt ?? facts.wait.from
    events.push({ ...common, type: 'first-answered', span: { from: began, to: message.createdAt } })
  }
  return events
}

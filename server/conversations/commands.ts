import type { z } from 'zod'
import { recordEvents } from '@/server/facts/commands'
import type { NewEvent } from '@/server/facts/schema'
import { inTransaction, memberOf, type TenantContext, type Transaction } from '@/server/kernel/context'
import { DomainError } from '@/server/kernel/errors'
import { enqueueJob } from '@/server/kernel/jobs'
import { enqueueOutgoing } from '@/server/outbox/commands'
import { announceConversation } from './announce'
import { actorOf, giveTo, releasePlace, takePlace } from './assignment'
import { type LockedConversation, lockConversation } from './locked'
import { attach, storeOutgoing, updateConversation } from './messages'
import { fileToSend, messageToQuote } from './outgoing-parts'
import { audienceOf, type MemberActor, previewOf, whyNotResolve, whyNotUndo, whyNotWrite } from './rules'
import type { assignInput, resolveInput, retryInput, sendInput } from './schema'

type Input<Schema extends z.ZodType> = z.infer<Schema>

/**
 * Writes to the customer, or a note to the team. The browser's message id makes it safe to send again: the second
 * time changes nothing. Answering a chat that is nobody's takes it.
 */
export async function sendMessage(
  ctx: TenantContext,
  input: Input<typeof sendInput>,
): Promise<{ messageId: string }> {
  const member = memberOf(ctx)
  return inTransaction(ctx, async (tx) => {
    const found = await lockConversation(tx, input.conversationId)
    if (await alreadySent(tx, input.messageId, found.id)) return { messageId: input.messageId }
    const before = audienceOf(tx.tenantId, found)
    let conversation = found
    let events: NewEvent[] = []
    if (input.note) {
      const file = input.attachmentId ? await fileToSend(tx, fileOf(input, member), null) : null
      await storeNote(tx, conversation, member, { ...input, file })
    } else {
      refuse(whyNotWrite(conversation))
      if (!conversation.assigneeId) {
        const given = await take(tx, conversation, member.memberId, 'answered')
        conversation = given.conversation
        events = given.events
      }
      const kind = await kindOf(tx, conversation.channelId)
      await storeOutgoing(tx, conversation, {
        id: input.messageId,
        text: input.text,
        author: { kind: 'member', id: member.memberId },
        channelKind: kind,
        ...(input.attachmentId ? { file: await fileToSend(tx, fileOf(input, member), kind) } : {}),
        ...(input.replyToId ? { quoted: await messageToQuote(tx, conversation, input.replyToId) } : {}),
      })
    }
    await announceConversation(tx, { conversationId: conversation.id, messageId: input.messageId }, [
      ...before,
      ...audienceOf(tx.tenantId, conversation),
    ])
    await recordEvents(tx, events)
    return { messageId: input.messageId }
  })
}

const fileOf = (input: Input<typeof sendInput>, member: MemberActor) => ({
  attachmentId: input.attachmentId ?? '',
  voice: input.voice ?? false,
  memberId: member.memberId,
})

async function alreadySent(tx: Transaction, messageId: string, conversationId: string): Promise<boolean> {
  const earlier = await tx.db.message.findUnique({
    where: { tenantId_id: { tenantId: tx.tenantId, id: messageId } },
    select: { conversationId: true },
  })
  if (earlier && earlier.conversationId !== conversationId) throw new DomainError('CONFLICT', 'messageIdUsed')
  return earlier !== null
}

async function kindOf(tx: Transaction, channelId: string): Promise<string> {
  const channel = await tx.db.channel.findUniqueOrThrow({
    where: { tenantId_id: { tenantId: tx.tenantId, id: channelId } },
    select: { kind: true },
  })
  return channel.kind
}

/** A note of a member; the caller holds the lock and announces. */
export async function storeNote(
  tx: Transaction,
  conversation: LockedConversation,
  member: MemberActor,
  input: { messageId: string; text: string; file?: { id: string; kind: string } | null },
): Promise<void> {
  await tx.db.message.create({
    data: {
      tenantId: tx.tenantId,
      id: input.messageId,
      conversationId: conversation.id,
      channelId: conversation.channelId,
      direction: 'note',
      authorKind: 'member',
      authorId: member.memberId,
      kind: input.file?.kind ?? 'text',
      text: input.text,
      at: tx.now,
      createdAt: tx.now,
    },
    select: { id: true },
  })
  if (input.file) await attach(tx, input.file, input.messageId)
  // A note shows in the list but is no answer: neither wait nor order of the list moves.
  await updateConversation(tx, conversation.id, {
    lastMessageId: input.messageId,
    previewText: previewOf(input.text),
    previewKind: input.file?.kind ?? 'text',
    previewDirection: 'note',
    previewAuthor: 'member',
    previewStatus: null,
  })
}

function refuse(reason: string | null): void {
  if (reason) throw new DomainError('CONFLICT', reason)
}

async function take(tx: Transaction, conversation: LockedConversation, memberId: string, reason: string) {
  await takePlace(tx, memberId)
  return giveTo(tx, conversation, { memberId }, { reason })
}

/** Gives a chat to a member by hand: to oneself ("mine"), or to a colleague. Capacity does not forbid it. */
export async function assignConversation(
  ctx: TenantContext,
  input: Input<typeof assignInput>,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const conversation = await lockConversation(tx, input.conversationId)
    const given = await giveByHand(tx, conversation, input.memberId)
    if (given) await finishMove(tx, conversation, given)
  })
}

type Moved = { conversation: LockedConversation; events: NewEvent[] }

/** @returns null when the chat is that member's already. */
export async function giveByHand(
  tx: Transaction,
  conversation: LockedConversation,
  memberId: string,
): Promise<Moved | null> {
  const actor = memberOf(tx)
  refuse(whyNotWrite(conversation))
  if (conversation.assigneeId === memberId) return null
  await memberOrThrow(tx, memberId)
  return take(tx, conversation, memberId, memberId === actor.memberId ? 'taken' : 'by-hand')
}

/** The end of every move of a chat: told to who saw it and who sees it now, a free place offered, events recorded. */
export async function finishMove(tx: Transaction, before: LockedConversation, moved: Moved): Promise<void> {
  await announceConversation(tx, { conversationId: before.id }, [
    ...audienceOf(tx.tenantId, before),
    ...audienceOf(tx.tenantId, moved.conversation),
  ])
  if (before.assigneeId) await offerLine(tx)
  await recordEvents(tx, moved.events)
}

async function memberOrThrow(tx: Transaction, memberId: string): Promise<void> {
  const member = await tx.db.member.findFirst({
    where: { tenantId: tx.tenantId, id: memberId, removedAt: null },
    select: { id: true },
  })
  if (!member) throw new DomainError('NOT_FOUND', 'memberNotFound', { field: 'memberId' })
}

/** Somebody has a place free: the worker offers the waiting line. One job a company, however many ask. */
export async function offerLine(tx: Transaction): Promise<void> {
  await enqueueJob(tx.db, 'routing.offer', { tenantId: tx.tenantId }, { key: `offer:${tx.tenantId}` })
}

/** @throws DomainError CONFLICT `customerWaits` until it is said to resolve all the same. */
export async function resolveConversation(
  ctx: TenantContext,
  input: Input<typeof resolveInput>,
): Promise<void> {
  const member = memberOf(ctx)
  await inTransaction(ctx, async (tx) => {
    const conversation = await lockConversation(tx, input.conversationId)
    refuse(whyNotResolve(conversation, input.evenIfWaiting))
    await updateConversation(tx, conversation.id, {
      resolvedAt: tx.now,
      resolvedById: member.memberId,
      resolution: 'person',
      nextTimerAt: null,
    })
    if (conversation.assigneeId) await releasePlace(tx, conversation.assigneeId)
    await announceConversation(tx, { conversationId: conversation.id }, audienceOf(tx.tenantId, conversation))
    await offerLine(tx)
    await recordEvents(tx, [
      {
        type: 'resolved',
        conversationId: conversation.id,
        channelId: conversation.channelId,
        at: tx.now,
        ...actorOf(tx),
        memberId: member.memberId,
        teamId: conversation.teamId,
        optionId: conversation.optionId,
        optionLabel: conversation.optionLabel,
        reason: 'person',
        span: { from: conversation.openedAt, to: tx.now },
        data: {
          waiting: conversation.waitingSince !== null,
          answered: conversation.firstAnsweredAt !== null,
          fromFirstAssignmentSeconds: conversation.firstAssignedAt
            ? Math.round((tx.now.getTime() - conversation.firstAssignedAt.getTime()) / 1000)
            : null,
        },
      },
    ])
  })
}

/** Takes a resolution back within a minute: nothing of it stays but the line in the history. */
export async function undoResolution(ctx: TenantContext, input: { conversationId: string }): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const conversation = await lockConversation(tx, input.conversationId)
    refuse(whyNotUndo(conversation, tx.now))
    const newer = await tx.db.conversation.findFirst({
      where: {
        tenantId: tx.tenantId,
        channelId: conversation.channelId,
        contactId: conversation.contactId,
        resolvedAt: null,
      },
      select: { id: true },
    })
    refuse(newer ? 'newerChat' : null)
    await updateConversation(tx, conversation.id, { resolvedAt: null, resolvedById: null, resolution: null })
    if (conversation.assigneeId) await takePlace(tx, conversation.assigneeId)
    await announceConversation(tx, { conversationId: conversation.id }, audienceOf(tx.tenantId, conversation))
    await recordEvents(tx, [
      {
        type: 'resolution-undone',
        conversationId: conversation.id,
        channelId: conversation.channelId,
        at: tx.now,
        ...actorOf(tx),
        memberId: conversation.resolvedById,
        optionId: conversation.optionId,
        // Counted back on the day it was counted, even when midnight lies between.
        ...(conversation.resolvedAt ? { countOn: conversation.resolvedAt } : {}),
      },
    ])
  })
}

/** Marks what came in as read by this member. Idempotent; one statement. */
export async function markRead(ctx: TenantContext, input: { conversationId: string }): Promise<void> {
  await setRead(ctx, input.conversationId, 0)
}

/** One customer message is unread again. */
export async function markUnread(ctx: TenantContext, input: { conversationId: string }): Promise<void> {
  await setRead(ctx, input.conversationId, 1)
}

async function setRead(ctx: TenantContext, conversationId: string, unread: 0 | 1): Promise<void> {
  const member = memberOf(ctx)
  await inTransaction(ctx, async (tx) => {
    const conversation = await lockConversation(tx, conversationId)
    const inboundCount = Math.max(0, conversation.inboundCount - unread)
    await tx.db.$executeRaw`
      INSERT INTO conversation_read ("tenantId", "memberId", "conversationId", "inboundCount", "readAt")
      VALUES (${tx.tenantId}::uuid, ${member.memberId}::uuid, ${conversation.id}::uuid, ${inboundCount}, ${tx.now})
      ON CONFLICT ("tenantId", "memberId", "conversationId")
      DO UPDATE SET "inboundCount" = excluded."inboundCount", "readAt" = excluded."readAt"`
  })
}

/** Sends a failed message again, with the same id: what did arrive after all is not doubled. */
export async function retryMessage(ctx: TenantContext, input: Input<typeof retryInput>): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const conversation = await lockConversation(tx, input.conversationId)
    refuse(whyNotWrite(conversation))
    const retried = await tx.db.message.updateMany({
      where: {
        tenantId: tx.tenantId,
        id: input.messageId,
        conversationId: conversation.id,
        direction: 'out',
        status: 'failed',
      },
      data: { status: 'queued', failureCode: null, failureFinal: false },
    })
    if (retried.count === 0) throw new DomainError('CONFLICT', 'nothingToRetry')
    await enqueueOutgoing(tx, {
      id: input.messageId,
      channelId: conversation.channelId,
      conversationId: conversation.id,
    })
    await tx.db.conversation.updateMany({
      where: { tenantId: tx.tenantId, id: conversation.id, lastMessageId: input.messageId },
      data: { previewStatus: 'queued' },
    })
    await announceConversation(
      tx,
      { conversationId: conversation.id, messageId: input.messageId },
      audienceOf(tx.tenantId, conversation),
    )
  })
}

import { channelKind } from '@/server/channels/registry'
import { inTransaction, memberOf, type TenantContext, type Transaction } from '@/server/kernel/context'
import { DomainError } from '@/server/kernel/errors'
import { enqueueAction } from '@/server/outbox/commands'
import { announceConversation } from './announce'
import { type LockedConversation, lockConversation } from './locked'
import { maySee } from './queries'
import { audienceOf } from './rules'
import { changeText, markDeleted, setReaction } from './touched'

/** What members do to messages that are there: here at once, on the customer's phone in the chat's order. */
type Target = {
  id: string
  direction: string
  kind: string
  status: string | null
  authorKind: string
  authorId: string | null
  sentAt: Date | null
  deletedAt: Date | null
}
type Manifest = ReturnType<typeof channelKind>['manifest']

/** Sets our reaction on a message of the chat, or takes it back (null). */
export async function reactToMessage(
  ctx: TenantContext,
  input: { messageId: string; emoji: string | null },
): Promise<void> {
  const { memberId } = memberOf(ctx)
  await onMessage(ctx, input.messageId, async (tx, { target, manifest, enqueue }) => {
    if (!manifest.reactions || target.deletedAt) throw new DomainError('CONFLICT', 'channelCannot')
    await setReaction(tx, target.id, { kind: 'member', id: memberId }, input.emoji)
    await enqueue('reaction', input.emoji)
  })
}

/** Changes the text of a message of ours, as long as the channel allows. The texts before stay readable. */
export async function editMessage(
  ctx: TenantContext,
  input: { messageId: string; text: string },
): Promise<void> {
  await onMessage(ctx, input.messageId, async (tx, { target, manifest, enqueue }) => {
    if (target.kind !== 'text' || target.deletedAt) throw new DomainError('CONFLICT', 'channelCannot')
    refuseWhenLate(tx, target, manifest.edits, 'tooLateToEdit')
    await changeText(tx, target.id, input.text)
    await enqueue('edit', input.text)
  })
}

/** Deletes a message of ours for everyone, as long as the channel allows. Our record keeps it, marked. */
export async function deleteMessage(ctx: TenantContext, input: { messageId: string }): Promise<void> {
  await onMessage(ctx, input.messageId, async (tx, { target, manifest, enqueue }) => {
    if (target.deletedAt) return
    refuseWhenLate(tx, target, manifest.deletes, 'tooLateToDelete')
    await markDeleted(tx, target.id)
    await enqueue('deletion', null)
  })
}

/** The texts that a message had before, oldest first. */
export async function messageVersions(
  ctx: TenantContext,
  input: { messageId: string },
): Promise<{ text: string; at: Date }[]> {
  const message = await ctx.db.message.findFirst({
    where: { tenantId: ctx.tenantId, id: input.messageId },
    select: { conversationId: true },
  })
  if (!message || !(await maySee(ctx, message.conversationId)))
    throw new DomainError('NOT_FOUND', 'messageNotFound')
  return ctx.db.messageVersion.findMany({
    where: { tenantId: ctx.tenantId, messageId: input.messageId },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    select: { text: true, at: true },
  })
}

/** Only its author or who supervises may change a message, and only one that reached the provider. */
function refuseWhenLate(tx: Transaction, target: Target, minutes: number | null, reason: string): void {
  const member = memberOf(tx)
  if (target.direction !== 'out' || target.authorKind !== 'member')
    throw new DomainError('CONFLICT', 'messageNotYours')
  if (target.authorId !== member.memberId && member.role === 'agent')
    throw new DomainError('FORBIDDEN', 'messageNotYours')
  if (minutes === null || target.status === 'failed') throw new DomainError('CONFLICT', 'channelCannot')
  const since = tx.now.getTime() - (target.sentAt ?? tx.now).getTime()
  if (since > minutes * 60_000) throw new DomainError('CONFLICT', reason)
}

type Acting = {
  target: Target
  manifest: Manifest
  conversation: LockedConversation
  enqueue: (action: 'reaction' | 'edit' | 'deletion', words: string | null) => Promise<void>
}

async function onMessage(
  ctx: TenantContext,
  messageId: string,
  act: (tx: Transaction, acting: Acting) => Promise<void>,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const where = { tenantId: tx.tenantId, id: messageId, direction: { not: 'note' } }
    const found = await tx.db.message.findFirst({ where, select: { conversationId: true } })
    if (!found) throw new DomainError('NOT_FOUND', 'messageNotFound')
    const conversation = await lockConversation(tx, found.conversationId)
    const target = await tx.db.message.findFirstOrThrow({
      where,
      select: {
        id: true,
        direction: true,
        kind: true,
        status: true,
        authorKind: true,
        authorId: true,
        sentAt: true,
        deletedAt: true,
      },
    })
    const channel = await tx.db.channel.findUniqueOrThrow({
      where: { tenantId_id: { tenantId: tx.tenantId, id: conversation.channelId } },
      select: { kind: true },
    })
    await act(tx, {
      target,
      conversation,
      manifest: channelKind(channel.kind).manifest,
      enqueue: (action, words) =>
        enqueueAction(tx, {
          action,
          words,
          messageId,
          channelId: conversation.channelId,
          conversationId: conversation.id,
        }),
    })
    await announceConversation(
      tx,
      { conversationId: conversation.id, messageId },
      audienceOf(tx.tenantId, conversation),
    )
  })
}

import type { Transaction } from '@/server/kernel/context'
import { newId } from '@/server/kernel/ids'
import { previewOf } from './rules'

/** What changes a message that is there. The caller holds the chat's lock and announces. */
export type Reactor = { kind: 'customer' | 'member' | 'phone'; id: string }

const keyOf = (tx: Transaction, id: string) => ({ tenantId_id: { tenantId: tx.tenantId, id } })

/** One reaction a side: on the customer's phone our account has one, whoever of us set it. Null takes it back. */
export async function setReaction(
  tx: Transaction,
  messageId: string,
  who: Reactor,
  emoji: string | null,
): Promise<void> {
  const side = who.kind === 'customer' ? ['customer'] : ['member', 'phone']
  await tx.db.messageReaction.deleteMany({
    where: { tenantId: tx.tenantId, messageId, authorKind: { in: side } },
  })
  if (emoji !== null) {
    await tx.db.messageReaction.create({
      data: { tenantId: tx.tenantId, messageId, authorKind: who.kind, authorId: who.id, emoji, at: tx.now },
    })
  }
  await tx.db.message.update({ where: keyOf(tx, messageId), data: { changedTx: 0n }, select: { id: true } })
}

/** Another text; the one before is kept. A deleted message stays as it was deleted. */
export async function changeText(tx: Transaction, messageId: string, text: string): Promise<void> {
  const before = await tx.db.message.findUniqueOrThrow({
    where: keyOf(tx, messageId),
    select: { text: true, deletedAt: true },
  })
  if (before.deletedAt || before.text === text) return
  await tx.db.messageVersion.create({
    data: { tenantId: tx.tenantId, id: newId(tx.now.getTime()), messageId, text: before.text, at: tx.now },
  })
  await tx.db.message.update({
    where: keyOf(tx, messageId),
    data: { text, editedAt: tx.now },
    select: { id: true },
  })
  await showInList(tx, messageId, { previewText: previewOf(text) })
}

/** Deleted for everyone: marked, and its words kept for the company. */
export async function markDeleted(tx: Transaction, messageId: string): Promise<void> {
  await tx.db.message.updateMany({
    where: { tenantId: tx.tenantId, id: messageId, deletedAt: null },
    data: { deletedAt: tx.now },
  })
  await showInList(tx, messageId, { previewText: '', previewKind: 'deleted' })
}

async function showInList(
  tx: Transaction,
  messageId: string,
  data: { previewText: string; previewKind?: string },
): Promise<void> {
  await tx.db.conversation.updateMany({ where: { tenantId: tx.tenantId, lastMessageId: messageId }, data })
}

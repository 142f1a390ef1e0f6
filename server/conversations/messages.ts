import type { Prisma } from '@/prisma/generated/client'
import { channelKind } from '@/server/channels/registry'
import type { Transaction } from '@/server/kernel/context'
import { enqueueOutgoing } from '@/server/outbox/commands'
import type { LockedConversation } from './locked'
import { previewOf } from './rules'
import type { AuthorKind } from './schema'

export type OutgoingText = {
  id: string
  text: string
  author: { kind: Extract<AuthorKind, 'member' | 'bot' | 'api' | 'system'>; id: string | null }
  channelKind: string
  /** When it was written; default the instant of the transaction. */
  at?: Date
  /** The file it carries; its kind is the message's. */
  file?: { id: string; kind: string; fileName: string }
  /** The message it answers, of a chat of the same contact. */
  quoted?: { id: string; direction: string; kind: string; text: string }
}

/** Stores a message of ours and puts it on its way. The caller holds the chat's lock and announces. */
export async function storeOutgoing(
  tx: Transaction,
  conversation: LockedConversation,
  message: OutgoingText,
): Promise<void> {
  const at = message.at ?? tx.now
  await tx.db.message.create({
    data: {
      tenantId: tx.tenantId,
      id: message.id,
      conversationId: conversation.id,
      channelId: conversation.channelId,
      externalId: channelKind(message.channelKind).externalIdFor(message.id),
      direction: 'out',
      authorKind: message.author.kind,
      authorId: message.author.id,
      kind: message.file?.kind ?? 'text',
      text: message.text,
      ...(message.quoted
        ? {
            quotedId: message.quoted.id,
            quote: {
              fromCustomer: message.quoted.direction === 'in',
              kind: message.quoted.kind,
              text: message.quoted.text.slice(0, 1_000),
            },
          }
        : {}),
      status: 'queued',
      at,
      createdAt: at,
    },
    select: { id: true },
  })
  if (message.file) await attach(tx, message.file, message.id)
  await enqueueOutgoing(tx, {
    id: message.id,
    channelId: conversation.channelId,
    conversationId: conversation.id,
  })
  await updateConversation(tx, conversation.id, {
    lastMessageAt: at,
    lastMessageId: message.id,
    previewText: previewOf(message.text || (message.file?.kind === 'document' ? message.file.fileName : '')),
    previewKind: message.file?.kind ?? 'text',
    previewDirection: 'out',
    previewAuthor: message.author.kind,
    previewStatus: 'queued',
  })
}

export async function updateConversation(
  tx: Transaction,
  id: string,
  data: Prisma.ConversationUncheckedUpdateInput,
): Promise<void> {
  await tx.db.conversation.update({
    where: { tenantId_id: { tenantId: tx.tenantId, id } },
    data,
    select: { id: true },
  })
}

/** Puts a file into the message that carries it. */
export async function attach(
  tx: Transaction,
  file: { id: string; kind: string },
  messageId: string,
): Promise<void> {
  await tx.db.attachment.update({
    where: { tenantId_id: { tenantId: tx.tenantId, id: file.id } },
    data: { messageId, kind: file.kind },
    select: { id: true },
  })
}

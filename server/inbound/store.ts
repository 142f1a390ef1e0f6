import type { Prisma } from '@/prisma/generated/client'
import { type FileContent, type MessageContent, type MessageEvent, wordsOf } from '@/server/channels/schema'
import type { LockedConversation } from '@/server/conversations/locked'
import { updateConversation } from '@/server/conversations/messages'
import { previewOf } from '@/server/conversations/rules'
import type { Transaction } from '@/server/kernel/context'
import { newId } from '@/server/kernel/ids'
import { seal } from '@/server/kernel/secrets'
import { safeFileName } from '@/server/media/rules'
import { storageKeyOf } from '@/server/media/storage'
import { threadTime } from './rules'

/** What a message has besides kind, words and file; null when there is nothing. */
export function extrasOf(content: MessageContent): Prisma.InputJsonObject | null {
  const entries = Object.entries(content).filter(
    ([name, value]) => !['kind', 'text', 'caption', 'file'].includes(name) && value !== undefined,
  )
  return entries.length > 0 ? JSON.parse(JSON.stringify(Object.fromEntries(entries))) : null
}

/** What the list shows of a message that may have no words. */
function previewWords(content: MessageContent): string {
  const words = wordsOf(content)
  if (words !== '') return words
  if (content.kind === 'document') return content.file.fileName ?? ''
  if (content.kind === 'location') return content.name ?? ''
  return content.kind === 'contacts' ? content.cards.map(({ name }) => name).join(', ') : ''
}

/**
 * Stores a message that came in, with its quote and its file's description; the bytes follow by themselves.
 * @param options.waits false for what is no message to answer, such as a call: no wait, no count, no report.
 */
export async function storeInbound(
  tx: Transaction,
  conversation: LockedConversation,
  event: MessageEvent,
  options: { author: 'customer' | 'phone'; waits?: boolean },
): Promise<string> {
  const { author, waits = true } = options
  const id = newId(tx.now.getTime())
  const { content } = event
  const extras = extrasOf(content)
  await tx.db.message.create({
    data: {
      tenantId: tx.tenantId,
      id,
      conversationId: conversation.id,
      channelId: conversation.channelId,
      externalId: event.externalId,
      direction: author === 'customer' ? 'in' : 'out',
      authorKind: author,
      kind: content.kind,
      text: wordsOf(content),
      ...(extras ? { content: extras } : {}),
      ...(await quoteOf(tx, conversation, event)),
      status: author === 'phone' ? 'sent' : null,
      at: threadTime(new Date(event.at), tx.now),
      createdAt: tx.now,
      sentAt: author === 'phone' ? tx.now : null,
    },
    select: { id: true },
  })
  if ('file' in content) await describeFile(tx, conversation.channelId, id, content)
  await updateConversation(tx, conversation.id, {
    lastMessageAt: tx.now,
    lastMessageId: id,
    previewText: previewOf(previewWords(content)),
    previewKind: content.kind,
    previewDirection: author === 'customer' ? 'in' : 'out',
    previewAuthor: author,
    previewStatus: author === 'phone' ? 'sent' : null,
    ...(author === 'customer' && waits
      ? {
          inboundCount: { increment: 1 },
          waitingSince: conversation.waitingSince ?? tx.now,
          abandonedAt: null,
        }
      : {}),
  })
  return id
}

/** A quote points at our own message only inside the chats of the same contact; else its words are all there is. */
async function quoteOf(tx: Transaction, conversation: LockedConversation, event: MessageEvent) {
  if (!event.quote) return {}
  const quoted = await tx.db.message.findFirst({
    where: {
      tenantId: tx.tenantId,
      channelId: conversation.channelId,
      externalId: event.quote.externalId,
      direction: { not: 'note' },
      conversation: { contactId: conversation.contactId },
    },
    select: { id: true, direction: true, kind: true, text: true },
  })
  const quote = {
    fromCustomer: quoted ? quoted.direction === 'in' : event.from === 'phone',
    kind: quoted?.kind ?? event.quote.kind,
    text: (quoted?.text ?? event.quote.text).slice(0, 1_000),
  }
  return { quotedId: quoted?.id ?? null, quote }
}

async function describeFile(tx: Transaction, channelId: string, messageId: string, content: FileContent) {
  const id = newId(tx.now.getTime())
  const { source, thumbnail, waveform, fileName, mediaType, bytes, ...told } = content.file
  const asked = source !== null && source !== undefined
  await tx.db.attachment.create({
    data: {
      tenantId: tx.tenantId,
      id,
      messageId,
      channelId,
      kind: content.kind,
      fileName: safeFileName(fileName, content.kind),
      mediaType,
      bytes: bytes ?? 0,
      ...told,
      waveform: waveform ?? [],
      thumbnail: thumbnail ? new Uint8Array(Buffer.from(thumbnail, 'base64')) : null,
      storageKey: storageKeyOf(tx.tenantId, id),
      state: asked ? 'waiting' : 'gone',
      source: asked ? seal(JSON.stringify(source), `${tx.tenantId}/${id}`) : null,
      createdAt: tx.now,
    },
    select: { id: true },
  })
}

import { channelKind } from '@/server/channels/registry'
import { fileKinds } from '@/server/channels/schema'
import type { Transaction } from '@/server/kernel/context'
import { DomainError } from '@/server/kernel/errors'
import type { LockedConversation } from './locked'

/**
 * The file that a member left and now sends.
 * @param channel the kind of the channel that must take it; null for a note.
 * @throws DomainError NOT_FOUND `fileNotFound` (not theirs, or sent already), CONFLICT `fileKindNotAllowed`, LIMIT_REACHED `fileTooLarge`.
 */
export async function fileToSend(
  tx: Transaction,
  input: { attachmentId: string; voice: boolean; memberId: string },
  channel: string | null,
) {
  const found = await tx.db.attachment.findFirst({
    where: {
      tenantId: tx.tenantId,
      id: input.attachmentId,
      messageId: null,
      state: 'stored',
      uploadedById: input.memberId,
    },
    select: { id: true, kind: true, fileName: true, bytes: true },
  })
  if (!found) throw new DomainError('NOT_FOUND', 'fileNotFound', { field: 'attachmentId' })
  const isSound = found.kind === 'audio' || found.kind === 'voice'
  const kind = isSound ? (input.voice ? 'voice' : 'audio') : found.kind
  if (channel !== null) {
    const known = fileKinds.find((one) => one === kind)
    const most = known && channelKind(channel).manifest.files[known]
    if (!most) throw new DomainError('CONFLICT', 'fileKindNotAllowed', { field: 'attachmentId' })
    if (found.bytes > most) throw new DomainError('LIMIT_REACHED', 'fileTooLarge', { field: 'attachmentId' })
  }
  return { id: found.id, kind, fileName: found.fileName }
}

/** The message that is answered: of a chat of the same contact on the same channel, and no note. */
export async function messageToQuote(tx: Transaction, conversation: LockedConversation, id: string) {
  const quoted = await tx.db.message.findFirst({
    where: {
      tenantId: tx.tenantId,
      id,
      channelId: conversation.channelId,
      direction: { not: 'note' },
      conversation: { contactId: conversation.contactId },
    },
    select: { id: true, direction: true, kind: true, text: true },
  })
  if (!quoted) throw new DomainError('NOT_FOUND', 'messageNotFound', { field: 'replyToId' })
  return quoted
}

import {
  type ActionTarget,
  type FileKind,
  fileKinds,
  type OutgoingContent,
  type OutgoingMessage,
  type SendResult,
} from '@/server/channels/schema'
import type { ChannelSession } from '@/server/channels/session'
import { mediaStorage } from '@/server/media/storage'
import type { Claimed } from '@/server/outbox/commands'

/** What of a session the way out needs. */
export type Speaker = Pick<ChannelSession, 'send' | 'react' | 'edit' | 'delete'>

/** Hands what was claimed to the provider: a message, or what we do to one. */
export async function hand(claimed: Claimed, session: Speaker): Promise<SendResult> {
  if (claimed.action === 'message') return session.send(outgoingOf(claimed), claimed.externalId)
  // A message that has no id at the provider never went out: nothing there is to be changed.
  if (claimed.externalId === null) return cannot
  const target: ActionTarget = {
    actionId: claimed.id,
    externalId: claimed.externalId,
    from: claimed.direction === 'in' ? 'customer' : 'us',
    recipient: recipientOf(claimed),
  }
  const { action, words } = claimed
  const done =
    action === 'reaction'
      ? session.react?.(target, words)
      : action === 'edit'
        ? session.edit?.(target, words ?? '')
        : session.delete?.(target)
  return (await done) ?? cannot
}

const cannot: SendResult = { ok: false, failure: 'rejected', code: 'channelCannot', retryable: false }

const recipientOf = (claimed: Claimed) => ({ identities: claimed.identities, phone: claimed.phone })

function outgoingOf(claimed: Claimed): OutgoingMessage {
  const { quote } = claimed
  return {
    messageId: claimed.id,
    conversationId: claimed.conversationId,
    content: contentOf(claimed),
    quote: quote && {
      externalId: quote.externalId,
      from: quote.direction === 'in' ? 'customer' : 'us',
      text: quote.text,
      kind: quote.kind,
    },
    recipient: recipientOf(claimed),
  }
}

const isFileKind = (kind: string): kind is FileKind => fileKinds.some((known) => known === kind)

function contentOf({ kind, text, file }: Claimed): OutgoingContent {
  if (!file || !isFileKind(kind)) return { kind: 'text', text }
  const { id, storageKey, ...described } = file
  return {
    kind,
    caption: text,
    file: { ...described, attachmentId: id, open: () => mediaStorage().read(storageKey) },
  }
}

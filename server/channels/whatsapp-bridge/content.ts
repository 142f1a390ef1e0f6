import { normalizeMessageContent, proto } from '@whiskeysockets/baileys'
import type { MessageContent, Quote } from '@/server/channels/schema'
import { type MessageKey, readFile } from './files'
import { contextOf, readKind, readMarks, readQuote } from './kinds'

/** The longest text that a message may hold; WhatsApp's own limit. */
const MAX_TEXT = 65_536

/** What phones tell each other without showing anything of its own in the chat. */
const SILENT = new Set([
  'senderKeyDistributionMessage',
  'fastRatchetKeySenderKeyDistributionMessage',
  'protocolMessage',
  'reactionMessage',
  'encReactionMessage',
  'pollUpdateMessage',
  'encEventResponseMessage',
  'encCommentMessage',
  'keepInChatMessage',
  'pinInChatMessage',
  'stickerSyncRmrMessage',
  'deviceSentMessage',
  'deviceSyncMessage',
  'call',
  // Says how many pictures follow; each of them comes by itself.
  'albumMessage',
])

/**
 * What a decrypted message shows. Everything that people see but we cannot show yet becomes a placeholder with the raw
 * message, so that nothing is lost.
 * @param bytes the decrypted message as it came: fields that this version does not know are only there.
 * @param key where the message is, for a file that must be asked for again.
 * @returns null when there is nothing to see.
 */
export function readContent(
  message: proto.IMessage | null | undefined,
  bytes: Uint8Array,
  key: MessageKey,
): MessageContent | null {
  const content = withoutWrappers(message)
  if (!content) return null
  const kinds = Object.keys(content).filter((kind) => kind !== 'messageContextInfo')
  const kind = kinds.find((each) => !SILENT.has(each))
  if (kinds.length > 0 && !kind) return null
  const marks = readMarks(contextOf(content), isViewOnce(message))
  const text = textOf(content)
  if (text !== undefined) return { kind: 'text', text: text.slice(0, MAX_TEXT), ...marks }
  const known = readKind(content) ?? readFile(content, key)
  if (known) return { ...known, ...marks }
  const raw = Buffer.from(bytes).toString('base64')
  // No known kind at all: something that WhatsApp has invented since.
  return { kind: 'unsupported', type: kind ?? 'unknown', raw, ...marks }
}

/** What a message does to another one instead of showing something itself. */
export type Touch =
  | { do: 'react'; target: string; emoji: string | null }
  | { do: 'edit'; target: string; text: string }
  | { do: 'delete'; target: string }

/**
 * A reaction, an edit or a deletion. Whether it may be done is not judged here: the pipeline compares the authors.
 * @returns null when the message is none of them.
 */
export function readTouch(message: proto.IMessage | null | undefined): Touch | null {
  const content = normalizeMessageContent(message)
  const reaction = content?.reactionMessage
  if (reaction) {
    const target = idOf(reaction.key)
    // An emoji is short; anything else is no reaction. Empty: taken back.
    if (!target || (reaction.text?.length ?? 0) > 50) return null
    return { do: 'react', target, emoji: reaction.text || null }
  }
  const protocol = content?.protocolMessage
  const target = idOf(protocol?.key)
  if (!protocol || !target) return null
  if (protocol.type === proto.Message.ProtocolMessage.Type.REVOKE) return { do: 'delete', target }
  const edited = normalizeMessageContent(protocol.editedMessage)
  const text = edited && (textOf(edited) ?? captionOf(edited))
  return text === undefined ? null : { do: 'edit', target, text: text.slice(0, MAX_TEXT) }
}

const idOf = (key: proto.IMessageKey | null | undefined) =>
  key?.id && key.id.length <= 200 ? key.id : undefined

const captionOf = (content: proto.IMessage) =>
  content.imageMessage?.caption ??
  content.videoMessage?.caption ??
  content.documentMessage?.caption ??
  undefined

/** The message that this one answers; null when it answers none. */
export function readQuoteOf(message: proto.IMessage | null | undefined): Quote | null {
  const content = withoutWrappers(message)
  return content ? readQuote(contextOf(content), textOf) : null
}

const isViewOnce = (message: proto.IMessage | null | undefined) =>
  Boolean(message?.viewOnceMessage ?? message?.viewOnceMessageV2 ?? message?.viewOnceMessageV2Extension) ||
  // Voice notes have the mark on themselves.
  [message?.imageMessage, message?.videoMessage, message?.audioMessage].some(
    (file) => file?.viewOnce === true,
  )

/** Disappearing, view-once and the like; an edit shows its new text. */
function withoutWrappers(message: proto.IMessage | null | undefined): proto.IMessage | undefined {
  const content = normalizeMessageContent(message)
  const edited = content?.protocolMessage?.editedMessage
  return edited ? normalizeMessageContent(edited) : content
}

function textOf(content: proto.IMessage): string | undefined {
  return (
    content.conversation ??
    content.extendedTextMessage?.text ??
    content.buttonsResponseMessage?.selectedDisplayText ??
    content.templateButtonReplyMessage?.selectedDisplayText ??
    content.listResponseMessage?.title ??
    undefined
  )
}

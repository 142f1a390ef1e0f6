import type { AnyMessageContent, WAMessage, WAMessageKey } from '@whiskeysockets/baileys'
import type { OutgoingContent, OutgoingMessage } from '@/server/channels/schema'
import { storableText } from '@/server/kernel/text'

/**
 * The WhatsApp id of a message of ours, made from our own id: known before it is sent, so a repeat after a crash
 * carries the same one. 3EB0 and hex is the form of WhatsApp Web's own ids.
 */
export function externalIdFor(messageId: string): string {
  return `3EB0${messageId.replaceAll('-', '').slice(-20).toUpperCase()}`
}

/** What is done to a message that is there: a reaction set or taken back, a new text, or gone for everyone. */
export type Action = { react: string | null } | { edit: string } | 'delete'

/** Baileys reads it once, from the start, into an encrypted file on disk. */
export async function messageOf(content: OutgoingContent): Promise<AnyMessageContent> {
  // No preview: it would be fetched by the worker from whatever address the text names.
  if (content.kind === 'text') return { text: storableText(content.text), linkPreview: null }
  const { kind, file } = content
  const stream = await file.open()
  const media = { stream }
  const common = { mimetype: file.mediaType, ...captionOf(content) }
  // Without one Baileys would start a program to make one.
  const picture = { jpegThumbnail: file.thumbnail ?? '', ...sizeOf(file) }
  switch (kind) {
    case 'image':
      return { image: media, ...common, ...picture }
    case 'video':
      return { video: media, ...common, ...picture }
    case 'gif':
      return { video: media, gifPlayback: true, ...common, ...picture }
    case 'document':
      return { document: media, fileName: file.fileName ?? 'file', ...common }
    case 'sticker':
      return { sticker: media, mimetype: file.mediaType, ...sizeOf(file) }
    case 'audio':
      return { audio: media, mimetype: file.mediaType, seconds: file.seconds ?? 0 }
    case 'voice': {
      const waveform = file.waveform ? { waveform: Uint8Array.from(file.waveform) } : {}
      // The form in which phones show it as a voice note.
      const mimetype = 'audio/ogg; codecs=opus'
      return { audio: media, ptt: true, mimetype, seconds: file.seconds ?? 0, ...waveform }
    }
    default:
      return kind satisfies never
  }
}

const captionOf = ({ caption }: { caption: string }) => (caption ? { caption: storableText(caption) } : {})

const sizeOf = ({ width, height }: { width: number | null; height: number | null }) =>
  width && height ? { width, height } : {}

export function actionOf(action: Action, key: WAMessageKey): AnyMessageContent {
  if (action === 'delete') return { delete: key }
  if ('react' in action) return { react: { text: action.react ?? '', key } }
  return { text: storableText(action.edit), edit: key, linkPreview: null }
}

/** The snapshot that WhatsApp shows above an answer, also when the phone has lost the message itself. */
export const quotedIn = (jid: string, quote: NonNullable<OutgoingMessage['quote']>): WAMessage => ({
  key: { remoteJid: jid, id: quote.externalId, fromMe: quote.from === 'us' },
  message: { conversation: storableText(quote.text) },
})

import type { Readable } from 'node:stream'
import { z } from 'zod'
import { senderSchema } from '@/server/contacts/schema'

/** The kinds of message that carry a file, and those that are all here. Names of `message.kind`. */
export const fileKinds = ['image', 'video', 'gif', 'audio', 'voice', 'document', 'sticker'] as const
export type FileKind = (typeof fileKinds)[number]

const text = z.string().max(65_536)
const short = z.string().max(1_000)
/** Base64 of a JPEG of at most 20 kB. */
const thumbnailSchema = z.base64().max(27_308)
const id = z.string().min(1).max(200)

/** What any kind may have besides: marks that the bubble shows. */
const extras = {
  viewOnce: z.literal(true).optional(),
  forwarded: z.literal(true).optional(),
  /** The advertisement that the customer pressed before writing. */
  ad: z
    .object({
      title: short.nullable(),
      body: short.nullable(),
      url: z.string().max(2_000).nullable(),
      sourceId: z.string().max(200).nullable(),
      thumbnail: thumbnailSchema.optional(),
    })
    .optional(),
  /** The status (story) of the company that the customer answers. */
  statusReply: z.object({ text, kind: z.string().max(100) }).optional(),
}

export const incomingFileSchema = z.object({
  fileName: z.string().max(500).nullable(),
  mediaType: z.string().max(200),
  /** What the sender claims; counted while it streams. */
  bytes: z.number().int().nonnegative().nullable(),
  /** Hex of the plain bytes. */
  sha256: z.string().length(64).nullable(),
  /** Pixels. */
  width: z.number().int().positive().max(100_000).nullable(),
  height: z.number().int().positive().max(100_000).nullable(),
  seconds: z.number().int().nonnegative().nullable(),
  /** 64 heights, 0 to 100. */
  waveform: z.array(z.number().int().min(0).max(100)).length(64).nullable(),
  thumbnail: thumbnailSchema.nullable(),
  /** JSON that `fetchMedia` of the channel's session reads. Holds keys: sealed at rest. */
  source: z.unknown(),
})

export type IncomingFile = z.infer<typeof incomingFileSchema>

const fileContent = <Kind extends FileKind>(kind: Kind) =>
  z.object({ kind: z.literal(kind), caption: text, file: incomingFileSchema, ...extras })

/** What a message holds. `satisfies never` points at every reader that forgets a kind. */
export const messageContentSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text, ...extras }),
  fileContent('image'),
  fileContent('video'),
  fileContent('gif'),
  fileContent('audio'),
  fileContent('voice'),
  fileContent('document'),
  fileContent('sticker'),
  z.object({
    kind: z.literal('location'),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    name: short.nullable(),
    address: short.nullable(),
    live: z.boolean(),
    ...extras,
  }),
  z.object({
    kind: z.literal('contacts'),
    cards: z
      .array(
        z.object({
          name: short,
          phones: z
            .array(z.object({ number: z.string().max(100), waId: z.string().max(32).nullable() }))
            .max(20),
        }),
      )
      .min(1)
      .max(100),
    ...extras,
  }),
  z.object({
    kind: z.literal('poll'),
    question: text,
    options: z.array(short).max(50),
    /** More than one answer may be chosen. */
    many: z.boolean(),
    ...extras,
  }),
  z.object({
    kind: z.literal('call'),
    video: z.boolean(),
    outcome: z.enum(['missed', 'rejected', 'answered', 'unknown']),
    seconds: z.number().int().nonnegative().nullable(),
    ...extras,
  }),
  /** A kind we cannot show yet: a placeholder on screen, the provider's raw message kept. */
  z.object({ kind: z.literal('unsupported'), type: z.string().max(100), raw: z.unknown(), ...extras }),
])
export type MessageContent = z.infer<typeof messageContentSchema>
export type FileContent = Extract<MessageContent, { file: unknown }>

/** The words of a message for menu, preview and search: text, caption or question; empty when it has none. */
export function wordsOf(content: MessageContent): string {
  if (content.kind === 'text') return content.text
  if (content.kind === 'poll') return content.question
  return 'caption' in content ? content.caption : ''
}

/** The message that this one answers, as the sender's phone has it: a snapshot, since ours may be long gone. */
export const quoteSchema = z.object({ externalId: id, text, kind: z.string().max(100) })
export type Quote = z.infer<typeof quoteSchema>

const receiptStatus = z.enum(['sent', 'delivered', 'read', 'failed'])

/** Who did it in which chat, and when. */
const acting = {
  /** The customer's side of the chat. */
  sender: senderSchema,
  /** customer: it came in. phone: done on the company's own phone, on its way to the customer. */
  from: z.enum(['customer', 'phone']),
  /** The provider's time, ISO 8601. */
  at: z.iso.datetime(),
}

/** What a channel tells us. Made by `channels/<kind>/inbound` (pure), stored in the journal as JSON. */
export const channelEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('message'),
    externalId: id,
    ...acting,
    content: messageContentSchema,
    quote: quoteSchema.nullable(),
  }),
  z.object({
    type: z.literal('receipt'),
    externalId: id,
    status: receiptStatus,
    failureCode: z.string().max(100).nullable(),
    at: z.iso.datetime(),
  }),
  /** One per person and message: the last one counts, null takes it back. `target` may be anybody's message. */
  z.object({
    type: z.literal('reaction'),
    externalId: id,
    ...acting,
    target: id,
    emoji: z.string().min(1).max(50).nullable(),
  }),
  /** Counts only when the target's author is the same side; anything else is a forgery, ignored and counted. */
  z.object({ type: z.literal('edit'), externalId: id, ...acting, target: id, text }),
  /** As for `edit`. */
  z.object({ type: z.literal('deletion'), externalId: id, ...acting, target: id }),
])
export type ChannelEvent = z.infer<typeof channelEventSchema>
export type MessageEvent = Extract<ChannelEvent, { type: 'message' }>
export type ReceiptEvent = Extract<ChannelEvent, { type: 'receipt' }>
/** What changes a message that is there. Touches neither waiting, nor state, nor reports. */
export type TouchEvent = Extract<ChannelEvent, { type: 'reaction' | 'edit' | 'deletion' }>

/** What became of one attempt to send. An expected outcome, not an error. */
export type SendResult =
  | { ok: true; externalId: string }
  | {
      ok: false
      failure: 'offline' | 'rejected' | 'window-closed' | 'rate-limited'
      code: string
      retryable: boolean
    }

/** A file on its way out: streamed, never held whole. */
export type OutgoingFile = {
  attachmentId: string
  fileName: string | null
  mediaType: string
  bytes: number
  seconds: number | null
  /** 64 heights, 0 to 100. */
  waveform: number[] | null
  width: number | null
  height: number | null
  /** Base64 of a JPEG. */
  thumbnail: string | null
  /** The bytes from the start; every attempt to send opens it anew. */
  open: () => Promise<Readable>
}

export type OutgoingContent =
  | { kind: 'text'; text: string }
  | { kind: FileKind; caption: string; file: OutgoingFile }

export type Recipient = {
  identities: readonly { kind: string; value: string }[]
  phone: string | null
}

/** A message on its way out, as a channel's `outbound` reads it. */
export type OutgoingMessage = {
  messageId: string
  conversationId: string
  content: OutgoingContent
  quote: (Quote & { from: 'customer' | 'us' }) | null
  recipient: Recipient
}

/** The message that a reaction, an edit or a deletion of ours is about. */
export type ActionTarget = {
  /** Our uuid of this very action: a repeat after a crash carries the same id at the provider. */
  actionId: string
  externalId: string
  from: 'customer' | 'us'
  recipient: Recipient
}

/** What a channel kind can do. Inbox, menu and API read it; nobody asks for the kind by name. */
export type ChannelManifest = {
  kind: string
  /** Whether a process of the worker keeps a session for it. */
  connection: 'session' | 'none'
  buttons: boolean
  receipts: boolean
  /** Hours after the customer's last message in which free text may be sent; null when there is no window. */
  replyWindowHours: number | null
  /** After a crash between sending and recording: the receiver drops a repeated id, or a person must decide. */
  unknownOutcome: 'resend-same-id' | 'ask'
  /** Shortest time between two messages of one channel, milliseconds: the pace of a person, not of a machine. */
  paceMs: number
  /** For so many minutes after sending we may change our text; null: never. */
  edits: number | null
  /** For so many minutes after sending we may delete our message for everyone; null: never. */
  deletes: number | null
  reactions: boolean
  quotes: boolean
  /** Kinds of file that may be sent, and the most bytes of each. */
  files: Partial<Record<FileKind, number>>
}

/** A channel as the screens list it. */
export type ChannelSummary = {
  id: string
  kind: string
  name: string
  address: string | null
  wanted: boolean
  state: string
  stateReason: string | null
  stateSince: Date
  lastInAt: Date | null
  lastOutAt: Date | null
  menuName: string | null
  defaultTeamName: string | null
  /** What WhatsApp said against the number; null: nothing. */
  restriction: string | null
  restrictedUntil: Date | null
  /** Messages that wait to go out. */
  waiting: number
}

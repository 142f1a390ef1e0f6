import { z } from 'zod'
import { senderSchema } from '@/server/contacts/schema'

/** What a message holds. Text today; media kinds join this union, and `satisfies never` points at every reader. */
export const messageContentSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string().max(65_536) }),
  /** A kind we cannot show yet: a placeholder on screen, the provider's raw message kept. */
  z.object({ kind: z.literal('unsupported'), type: z.string().max(100), raw: z.unknown() }),
])
export type MessageContent = z.infer<typeof messageContentSchema>

const receiptStatus = z.enum(['sent', 'delivered', 'read', 'failed'])

/** What a channel tells us. Made by `channels/<kind>/inbound` (pure), stored in the journal as JSON. */
export const channelEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('message'),
    externalId: z.string().min(1).max(200),
    sender: senderSchema,
    /** customer: it came in. phone: typed on the company's own phone, on its way to the customer. */
    from: z.enum(['customer', 'phone']),
    content: messageContentSchema,
    /** The provider's time, ISO 8601. */
    at: z.iso.datetime(),
  }),
  z.object({
    type: z.literal('receipt'),
    externalId: z.string().min(1).max(200),
    status: receiptStatus,
    failureCode: z.string().max(100).nullable(),
    at: z.iso.datetime(),
  }),
])
export type ChannelEvent = z.infer<typeof channelEventSchema>
export type MessageEvent = Extract<ChannelEvent, { type: 'message' }>
export type ReceiptEvent = Extract<ChannelEvent, { type: 'receipt' }>

/** What became of one attempt to send. An expected outcome, not an error. */
export type SendResult =
  | { ok: true; externalId: string }
  | {
      ok: false
      failure: 'offline' | 'rejected' | 'window-closed' | 'rate-limited'
      code: string
      retryable: boolean
    }

/** A message on its way out, as a channel's `outbound` reads it. */
export type OutgoingMessage = {
  messageId: string
  conversationId: string
  content: MessageContent
  recipient: { identities: readonly { kind: string; value: string }[]; phone: string | null }
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
}

/** The states of a channel's link, as the screen and the history name them. */
export const channelStates = [
  'disconnected',
  'connecting',
  'scan',
  'syncing',
  'connected',
  'logged-out',
  'replaced',
  'banned',
  'version-refused',
  'paused',
] as const
export type ChannelState = (typeof channelStates)[number]

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
  /** Messages that wait to go out. */
  waiting: number
}

import { z } from 'zod'
import type { FileKind } from '@/server/channels/schema'

export const conversationStates = ['open', 'pending', 'follow-up', 'resolved'] as const
export type ConversationState = (typeof conversationStates)[number]

/** The first that fits, for open chats only. */
export const openSubStates = ['line', 'phone', 'ours', 'abandoned', 'menu'] as const
export type OpenSubState = (typeof openSubStates)[number]

/** The views of the inbox. `team:<id>` shows one team. */
export const viewSchema = z.union([
  z.enum(['mine-pending', 'mine-follow-up', 'mine', 'open', 'line', 'menu', 'resolved', 'all']),
  z.templateLiteral(['team:', z.uuid()]),
])
export type View = z.infer<typeof viewSchema>

export const sortSchema = z.enum(['wait', 'recent'])
export type Sort = z.infer<typeof sortSchema>

export type MessageStatus = 'queued' | 'sent' | 'delivered' | 'read' | 'failed'
export type AuthorKind = 'customer' | 'member' | 'phone' | 'bot' | 'api' | 'system'

/** One row of the list: everything it shows, nothing to look up. */
export type ConversationRow = {
  id: string
  contactId: string
  contactName: string
  channelId: string
  channelKind: string
  channelName: string
  state: ConversationState
  subState: OpenSubState | null
  assigneeId: string | null
  assigneeName: string | null
  teamId: string | null
  teamName: string | null
  optionLabel: string | null
  waitingSince: Date | null
  lineSince: Date | null
  openedAt: Date
  resolvedAt: Date | null
  lastMessageAt: Date
  sortAt: Date
  preview: {
    kind: string
    text: string
    direction: 'in' | 'out' | 'note'
    author: AuthorKind
    status: MessageStatus | null
  }
  /** Customer messages so far. */
  inboundCount: number
  /** Of the member who asks. */
  unreadCount: number
  /** Row version, as a decimal string: a merge keeps the higher one. */
  changedTx: string
}

export type ThreadMessage = {
  id: string
  conversationId: string
  direction: 'in' | 'out' | 'note'
  author: { kind: AuthorKind; id: string | null; name: string | null }
  kind: string
  text: string
  status: MessageStatus | null
  failure: { code: string; final: boolean } | null
  /** What the kind has besides text and file, as channels/schema names it; null when nothing. */
  content: Record<string, unknown> | null
  quote: { messageId: string | null; fromCustomer: boolean; kind: string; text: string } | null
  attachment: ThreadAttachment | null
  reactions: { emoji: string; kind: 'customer' | 'member' | 'phone'; name: string | null }[]
  editedAt: Date | null
  /** Deleted for everyone: the text stays in our record and is shown only on request. */
  deletedAt: Date | null
  viewOnce: boolean
  at: Date
  createdAt: Date
  changedTx: string
}

export type ThreadAttachment = {
  id: string
  kind: FileKind
  fileName: string
  mediaType: string
  bytes: number
  /** Pixels. */
  width: number | null
  height: number | null
  seconds: number | null
  /** 64 heights, 0 to 100. */
  waveform: number[] | null
  /** A data address of a small JPEG. */
  thumbnail: string | null
  /** waiting: being fetched. failed: could not be fetched yet. gone: the provider has it no more. */
  state: 'waiting' | 'stored' | 'failed' | 'gone'
  /** Signed, for a day; null until stored. */
  url: string | null
}

/** A line of the thread that is no message: shown folded. */
export type ThreadEvent = {
  id: string
  type: string
  at: Date
  actorKind: string
  actorName: string | null
  memberName: string | null
  fromMemberName: string | null
  teamName: string | null
  optionLabel: string | null
  reason: string | null
  data: unknown
}

export type ConversationDetails = {
  row: ConversationRow
  contact: { id: string; name: string; phone: string | null; since: Date; chats: number }
  channel: { id: string; kind: string; name: string; state: string; stateSince: Date; address: string | null }
  assignedAt: Date | null
  previous: {
    id: string
    openedAt: Date
    resolvedAt: Date | null
    previewText: string
    optionLabel: string | null
  }[]
  messages: ThreadMessage[]
  events: ThreadEvent[]
  /** Id to ask older messages from; null at the beginning. */
  olderFrom: string | null
  /** Customer messages this member had read before opening: where the "unread" line goes. */
  unreadCount: number
}

const conversationId = z.uuid()
export const conversationInput = z.object({ conversationId })

export const listInput = z.object({
  view: viewSchema,
  sort: sortSchema.default('wait'),
  /** Part of a contact's name or phone; finds resolved chats too. */
  search: z.string().trim().max(100).optional(),
  /** Opaque; from the page before. */
  cursor: z.string().max(200).nullish(),
  limit: z.number().int().min(1).max(100).default(25),
})
export type ListInput = z.infer<typeof listInput>

export const sendInput = z
  .object({
    conversationId,
    /** uuid v7 made by the browser: sending twice with one id sends once. */
    messageId: z.uuid(),
    /** May be empty with a file: then there is no caption. */
    text: z.string().trim().max(4_096, 'textTooLong'),
    note: z.boolean().default(false),
    attachmentId: z.uuid().optional(),
    /** The file is a recorded voice note, not an audio file. */
    voice: z.boolean().optional(),
    replyToId: z.uuid().optional(),
  })
  .refine((input) => input.text !== '' || input.attachmentId, { path: ['text'], error: 'textEmpty' })
const messageId = z.uuid()
export const reactInput = z.object({
  messageId,
  /** One emoji; null takes ours back. */
  emoji: z
    .string()
    .min(1)
    .max(50)
    .regex(/^(\p{Extended_Pictographic}|\p{Emoji_Component})+$/u, 'emojiInvalid')
    .nullable(),
})
export const editInput = z.object({
  messageId,
  text: z.string().trim().min(1, 'textEmpty').max(4_096, 'textTooLong'),
})
export const messageInput = z.object({ messageId })
export const assignInput = z.object({ conversationId, memberId: z.uuid() })
export const transferInput = z.object({
  conversationId,
  to: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('member'), memberId: z.uuid() }),
    z.object({ kind: z.literal('team'), teamId: z.uuid() }),
  ]),
  note: z.string().trim().max(1_000).optional(),
})
export const resolveInput = z.object({ conversationId, evenIfWaiting: z.boolean().default(false) })
export const retryInput = z.object({ conversationId, messageId: z.uuid() })
export const olderInput = z.object({
  conversationId,
  before: z.uuid(),
  limit: z.number().int().min(1).max(100).default(50),
})
export const sinceInput = z.object({
  cursor: z.string().regex(/^\d+$/),
  openConversationId: z.uuid().optional(),
})

/** Counts of all views, for one member. */
export type ViewCounts = {
  minePending: number
  mineFollowUp: number
  open: number
  line: number
  menu: number
  all: number
  teams: Record<string, number>
}

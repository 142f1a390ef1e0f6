import type { ConversationRow, ThreadMessage } from '@/server/conversations/schema'
import type { ListPage } from './cache'

/** Rows and messages for the tests of what is on the screen: a chat of mine that waits, a message of mine that is queued. */
export const me = 'me'
export const minute = (n: number) => new Date(Date.UTC(2026, 2, 2, 10, n))

export function row(id: string, changes: Partial<ConversationRow> = {}): ConversationRow {
  return {
    id,
    contactId: `c-${id}`,
    contactName: id,
    channelId: 'channel',
    channelKind: 'simulator',
    channelName: 'Ventas',
    state: 'pending',
    subState: null,
    assigneeId: me,
    assigneeName: 'Ana',
    teamId: null,
    teamName: null,
    optionLabel: null,
    waitingSince: minute(0),
    lineSince: null,
    openedAt: minute(0),
    resolvedAt: null,
    lastMessageAt: minute(0),
    sortAt: minute(0),
    preview: { kind: 'text', text: 'hola', direction: 'in', author: 'customer', status: null },
    inboundCount: 1,
    unreadCount: 1,
    changedTx: '10',
    ...changes,
  }
}

export const page = (rows: ConversationRow[], nextCursor: string | null = null): ListPage => ({
  rows,
  nextCursor,
})
export function message(id: string, changes: Partial<ThreadMessage> = {}): ThreadMessage {
  return {
    id,
    conversationId: 'a',
    direction: 'out',
    author: { kind: 'member', id: me, name: 'Ana' },
    kind: 'text',
    text: id,
    status: 'queued',
    failure: null,
    content: null,
    quote: null,
    attachment: null,
    reactions: [],
    editedAt: null,
    deletedAt: null,
    viewOnce: false,
    at: minute(1),
    createdAt: minute(1),
    changedTx: '10',
    ...changes,
  }
}

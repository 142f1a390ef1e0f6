import { dayKey, type Formats } from '@/app/_client/format'
import type { ThreadEvent, ThreadMessage } from '@/server/conversations/schema'

/** What stands in the thread, from top to bottom. */
export type ThreadItem =
  | { kind: 'day'; key: string; date: Date }
  | { kind: 'unread'; key: string; count: number }
  | { kind: 'message'; key: string; message: ThreadMessage; isFirst: boolean; showsAuthor: boolean }
  | { kind: 'events'; key: string; events: ThreadEvent[] }

type ThreadInput = {
  /** Oldest first, as the server orders them. */
  messages: readonly ThreadMessage[]
  events: readonly ThreadEvent[]
  /** Customer messages that were unread when the chat was opened. */
  unreadCount: number
}

/** What a reader of the thread wants to know; the rest is for the reports. */
const SHOWN = new Set([
  'option-chosen',
  'menu-missed',
  'abandoned',
  'line-entered',
  'assigned',
  'resolved',
  'resolution-undone',
])

/**
 * Lays messages and events out by time: day chips in the company's zone, one divider above the first unread
 * message, runs of one author, events without a message between them folded into one line.
 */
export function layOutThread({ messages, events, unreadCount }: ThreadInput, formats: Formats): ThreadItem[] {
  const items: ThreadItem[] = []
  const firstUnread = firstUnreadOf(messages, unreadCount)
  let day = ''
  let above: ThreadMessage | null = null

  for (const entry of inOrder(messages, events)) {
    const entryDay = dayKey(entry.value.at, formats)
    if (entryDay !== day) {
      items.push({ kind: 'day', key: `day ${entryDay}`, date: entry.value.at })
      day = entryDay
      above = null
    }
    if (entry.kind === 'event') {
      const last = items.at(-1)
      if (last?.kind === 'events') last.events.push(entry.value)
      else items.push({ kind: 'events', key: `event ${entry.value.id}`, events: [entry.value] })
      above = null
      continue
    }
    const message = entry.value
    if (message.id === firstUnread) {
      items.push({ kind: 'unread', key: 'unread', count: unreadCount })
      above = null
    }
    const isSameAuthor = above !== null && haveOneAuthor(above, message)
    // A failure carries a line of its own below it, so it stands alone.
    const isFirst = !isSameAuthor || above?.status === 'failed' || message.status === 'failed'
    const showsAuthor = !isSameAuthor && message.direction === 'out' && message.status !== 'failed'
    items.push({ kind: 'message', key: message.id, message, isFirst, showsAuthor })
    above = message
  }
  return items
}

type Entry = { kind: 'message'; value: ThreadMessage } | { kind: 'event'; value: ThreadEvent }

function inOrder(messages: readonly ThreadMessage[], events: readonly ThreadEvent[]): Entry[] {
  // Messages first: at one instant the customer's "3" comes before "chose Warranty".
  const entries: Entry[] = [
    ...messages.map((value): Entry => ({ kind: 'message', value })),
    ...events.filter(({ type }) => SHOWN.has(type)).map((value): Entry => ({ kind: 'event', value })),
  ]
  return entries.sort((a, b) => a.value.at.getTime() - b.value.at.getTime())
}

function haveOneAuthor(above: ThreadMessage, below: ThreadMessage): boolean {
  if (above.direction !== below.direction || below.direction === 'note') return false
  return above.author.kind === below.author.kind && above.author.id === below.author.id
}

function firstUnreadOf(messages: readonly ThreadMessage[], unreadCount: number): string | null {
  if (unreadCount <= 0) return null
  return messages.filter(({ direction }) => direction === 'in').at(-unreadCount)?.id ?? null
}

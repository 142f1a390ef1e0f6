import { expect, test } from 'vitest'
import type { ThreadEvent, ThreadMessage } from '@/server/conversations/schema'
import { layOutThread, type ThreadItem } from './thread-items'

const bogota = { locale: 'es', timeZone: 'America/Bogota' } as const

function message(id: string, at: string, over: Partial<ThreadMessage> = {}): ThreadMessage {
  const moment = new Date(`2026-11-24T${at}:00-05:00`)
  return {
    id,
    conversationId: 'c',
    direction: 'in',
    author: { kind: 'customer', id: 'valentina', name: 'Valentina' },
    kind: 'text',
    text: id,
    status: null,
    failure: null,
    content: null,
    quote: null,
    attachment: null,
    reactions: [],
    editedAt: null,
    deletedAt: null,
    viewOnce: false,
    at: moment,
    createdAt: moment,
    changedTx: '1',
    ...over,
  }
}

const out = (id: string, at: string, over: Partial<ThreadMessage> = {}) =>
  message(id, at, {
    direction: 'out',
    status: 'sent',
    author: { kind: 'member', id: 'marisol', name: 'Marisol' },
    ...over,
  })

function event(id: string, type: string, at: string): ThreadEvent {
  return {
    id,
    type,
    at: new Date(`2026-11-24T${at}:00-05:00`),
    actorKind: 'system',
    actorName: null,
    memberName: null,
    fromMemberName: null,
    teamName: null,
    optionLabel: null,
    reason: null,
    data: null,
  }
}

/** One word per item: the day, "unread", the message (with ^ when it opens a run), the folded events. */
function sketch(items: ThreadItem[]): string[] {
  return items.map((item) => {
    switch (item.kind) {
      case 'day':
        return 'day'
      case 'unread':
        return `unread ${item.count}`
      case 'message':
        return `${item.isFirst ? '^' : ''}${item.message.id}`
      case 'events':
        return `(${item.events.map(({ type }) => type).join(' ')})`
      default:
        return item satisfies never
    }
  })
}

const lay = (messages: ThreadMessage[], events: ThreadEvent[] = [], unreadCount = 0) =>
  sketch(layOutThread({ messages, events, unreadCount }, bogota))

test('messages of one author are one run', () => {
  expect(lay([message('a', '09:41'), message('b', '09:42'), out('c', '09:43'), out('d', '09:44')])).toEqual([
    'day',
    '^a',
    'b',
    '^c',
    'd',
  ])
})

test('two members are two runs, and the menu is neither', () => {
  const andres = { kind: 'member', id: 'andres', name: 'Andrés' } as const
  const menu = { kind: 'bot', id: null, name: null } as const
  expect(
    lay([out('a', '09:41', { author: menu }), out('b', '09:42'), out('c', '09:43', { author: andres })]),
  ).toEqual(['day', '^a', '^b', '^c'])
})

test('a failed message stands alone', () => {
  expect(lay([out('a', '09:41'), out('b', '09:42', { status: 'failed' }), out('c', '09:43')])).toEqual([
    'day',
    '^a',
    '^b',
    '^c',
  ])
})

test('the day changes at midnight of the company', () => {
  const late = message('late', '23:59')
  const early = { ...message('early', '09:00'), at: new Date('2026-11-25T05:00:00Z') }
  expect(lay([late, early])).toEqual(['day', '^late', 'day', '^early'])
})

test('events with no message between them fold into one line, after the message of the same instant', () => {
  const events = [
    event('1', 'option-chosen', '09:42'),
    event('2', 'line-entered', '09:42'),
    event('3', 'assigned', '09:43'),
    event('4', 'resolved', '09:50'),
  ]
  expect(lay([message('3', '09:42'), message('thanks', '09:45')], events)).toEqual([
    'day',
    '^3',
    '(option-chosen line-entered assigned)',
    '^thanks',
    '(resolved)',
  ])
})

test('what only the reports need stays out of the thread', () => {
  expect(
    lay([message('a', '09:41')], [event('1', 'incoming', '09:41'), event('2', 'answered', '09:42')]),
  ).toEqual(['day', '^a'])
})

test('the unread line stands above the first unread customer message and opens a run', () => {
  const messages = [message('a', '09:41'), out('b', '09:42'), message('c', '09:43'), message('d', '09:44')]
  expect(lay(messages, [], 2)).toEqual(['day', '^a', '^b', 'unread 2', '^c', 'd'])
  expect(lay([message('a', '09:41'), message('b', '09:42')], [], 1)).toEqual(['day', '^a', 'unread 1', '^b'])
})

test('more unread than loaded: no line, because its place is further up', () => {
  expect(lay([message('a', '09:41')], [], 5)).toEqual(['day', '^a'])
})

test('the name stands once for one author, on our side only, and is not repeated after a failure', () => {
  const items = layOutThread(
    {
      messages: [
        message('in', '09:41'),
        out('first', '09:42'),
        out('second', '09:43'),
        out('failed', '09:44', { status: 'failed' }),
        out('after', '09:45'),
      ],
      events: [],
      unreadCount: 0,
    },
    bogota,
  )
  const named = items.filter((item) => item.kind === 'message' && item.showsAuthor).map(({ key }) => key)
  expect(named).toEqual(['first'])
})

import { expect, test } from 'vitest'
import type { ConversationRow, ThreadMessage } from '@/server/conversations/schema'
import {
  addMessages,
  belongs,
  keepLoaded,
  type ListPage,
  mergeMessages,
  movesCounts,
  placeRow,
  removeRow,
  reviveRow,
  UNSENT,
} from './cache'
import { me, message, minute, page, row } from './samples'

const ids = (pages: ListPage[]) => pages.map((each) => each.rows.map((each) => each.id))
const all = { view: 'all', sort: 'wait', memberId: me } as const

test('a new chat takes its place by wait', () => {
  const pages = [page([row('a', { sortAt: minute(1) }), row('b', { sortAt: minute(5) })])]
  expect(ids(placeRow(pages, row('new', { sortAt: minute(3) }), all))).toEqual([['a', 'new', 'b']])
})

test('an answered chat moves below those that wait', () => {
  const pages = [page([row('a', { sortAt: minute(1) }), row('b', { sortAt: minute(5) })])]
  const answered = row('a', { state: 'follow-up', waitingSince: null, sortAt: minute(9), changedTx: '11' })
  expect(ids(placeRow(pages, answered, all))).toEqual([['b', 'a']])
})

test('an older version of a row changes nothing', () => {
  const pages = [page([row('a', { changedTx: '12' })])]
  const late = row('a', { changedTx: '11', state: 'resolved' })
  expect(placeRow(pages, late, all)).toEqual(pages)
})

test('a chat that left the view leaves the list, in a search of my pending ones', () => {
  const pages = [page([row('a'), row('b', { sortAt: minute(2) })])]
  const taken = row('a', { assigneeId: 'other', changedTx: '11' })
  expect(ids(placeRow(pages, taken, { ...all, view: 'mine-pending' }))).toEqual([['b']])
})

test('a row below the last loaded one waits for its page', () => {
  const pages = [page([row('a', { sortAt: minute(1) })], 'more')]
  expect(ids(placeRow(pages, row('z', { sortAt: minute(30) }), all))).toEqual([['a']])
})

test('pages keep their sizes, so that their keys still fit', () => {
  const pages = [
    page([row('a', { sortAt: minute(1) }), row('b', { sortAt: minute(2) })], 'next'),
    page([row('c', { sortAt: minute(3) })]),
  ]
  expect(ids(placeRow(pages, row('new', { sortAt: minute(0) }), all))).toEqual([
    ['new', 'a'],
    ['b', 'c'],
  ])
  expect(ids(removeRow(pages, 'a'))).toEqual([['b', 'c'], []])
})

test('resolved chats stand last, the newest of them first', () => {
  const pages = [page([row('a'), row('r1', { state: 'resolved', lastMessageAt: minute(1) })])]
  const resolved = row('r2', { state: 'resolved', lastMessageAt: minute(8) })
  expect(ids(placeRow(pages, resolved, all))).toEqual([['a', 'r2', 'r1']])
})

test('unread goes on from what this member had read', () => {
  const known = row('a', { inboundCount: 5, unreadCount: 2 })
  const pushed = JSON.parse(JSON.stringify(row('a', { inboundCount: 7, unreadCount: 7 })))
  expect(reviveRow(pushed, known)).toMatchObject({ unreadCount: 4, lastMessageAt: minute(0) })
  expect(reviveRow(pushed, undefined).unreadCount).toBe(7)
})

test.each<[string, Parameters<typeof belongs>[1], Partial<ConversationRow>, boolean]>([
  ['my pending', 'mine-pending', {}, true],
  ['not a colleague’s', 'mine-pending', { assigneeId: 'other' }, false],
  ['the line is open', 'line', { state: 'open', lineSince: minute(1) }, true],
  ['the menu is not the line', 'menu', { state: 'open', lineSince: minute(1) }, false],
  ['a team’s unresolved', 'team:t1', { teamId: 't1' }, true],
  ['a team’s resolved is elsewhere', 'team:t1', { teamId: 't1', state: 'resolved' }, false],
])('view: %s', (_, view, changes, answer) => {
  expect(belongs(row('a', changes), view, me)).toBe(answer)
})

test('ticks turn by the newer version, and late receipts do not turn them back', () => {
  const details = { messages: [message('m1')] } as Parameters<typeof addMessages>[0]
  const read = addMessages(details, [message('m1', { status: 'read', changedTx: '12' })])
  expect(read.messages[0]?.status).toBe('read')
  const late = addMessages(read, [message('m1', { status: 'sent', changedTx: '11' })])
  expect(late.messages[0]?.status).toBe('read')
})

test('messages stand in the order of their time', () => {
  const details = { messages: [message('m2', { at: minute(2) })] } as Parameters<typeof addMessages>[0]
  expect(addMessages(details, [message('m1')]).messages.map(({ id }) => id)).toEqual(['m1', 'm2'])
})

/** Messages m1, m2 ... of one chat, one a minute, of which those from `first` to `last` are loaded. */
const loaded = (first: number, last: number, olderFrom: string | null) =>
  ({
    messages: Array.from({ length: last - first + 1 }, (_, n) =>
      message(`m${first + n}`, { at: minute(first + n) }),
    ),
    olderFrom,
  }) as Parameters<typeof addMessages>[0]
const shown = ({ messages }: { messages: ThreadMessage[] }) => messages.map(({ id }) => id).join(' ')

test('a chat read anew keeps what was loaded above, and goes on from there', () => {
  const anew = keepLoaded(loaded(2, 5, 'm2'), loaded(4, 6, 'm4'))
  expect(shown(anew)).toBe('m2 m3 m4 m5 m6')
  expect(anew.olderFrom).toBe('m2')
})

test('a chat read anew after so much news that the two do not meet begins at its newest page', () => {
  const anew = keepLoaded(loaded(1, 2, null), loaded(5, 6, 'm5'))
  expect(shown(anew)).toBe('m5 m6')
  expect(anew.olderFrom).toBe('m5')
})

test('a message that has not reached the server outlives every reading', () => {
  const known = addMessages(loaded(1, 2, null), [message('mine', { at: minute(9), changedTx: UNSENT })])
  expect(shown(keepLoaded(known, loaded(1, 3, null)))).toBe('m1 m2 m3 mine')
  expect(shown(keepLoaded(known, loaded(5, 6, 'm5')))).toBe('m5 m6 mine')
})

test('a receipt for a message above what is loaded does not put it over a gap', () => {
  const read = message('m1', { at: minute(1), status: 'read', changedTx: '12' })
  expect(shown(mergeMessages(loaded(4, 5, 'm4'), [read]))).toBe('m4 m5')
  expect(shown(mergeMessages(loaded(4, 5, null), [read]))).toBe('m1 m4 m5')
})

test('counts are asked anew only when a chat changed sides', () => {
  expect(movesCounts(row('a'), row('a', { unreadCount: 5 }))).toBe(false)
  expect(movesCounts(row('a'), row('a', { state: 'follow-up' }))).toBe(true)
  expect(movesCounts(undefined, row('a'))).toBe(true)
})

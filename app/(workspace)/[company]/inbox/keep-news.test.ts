import { hydrate, QueryClient } from '@tanstack/react-query'
import { afterEach, expect, test } from 'vitest'
import type { ConversationDetails, ConversationRow, ThreadMessage } from '@/server/conversations/schema'
import type { ListPage } from './cache'
import { keepNews, readAnew } from './keep-news'
import { type Lists, newsOf, remember } from './news'
import { me, message, minute, page, row } from './samples'

const listKey = [['conversations', 'list']]
const chatKey = [['conversations', 'get']]
const listOf = (view: string) => [...listKey, { input: { view, sort: 'wait' }, type: 'infinite' }]
const chatOf = (conversationId: string) => [...chatKey, { input: { conversationId }, type: 'query' }]

const clients: QueryClient[] = []
afterEach(() => {
  for (const client of clients.splice(0)) client.clear()
})

function held<Answer>() {
  let release: (answer: Answer) => void = () => undefined
  const promise = new Promise<Answer>((resolve) => {
    release = resolve
  })
  return { promise, release: (answer: Answer) => release(answer) }
}

/** A cache over which news are laid, and a server whose answers come when they are released. */
function openInbox() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  clients.push(client)
  keepNews(client, { listKey, chatKey, memberId: me })
  const news = newsOf(client)
  return {
    client,
    tell: (told: ConversationRow) => remember(news.rows, told.id, told),
    tellGone: (id: string) => remember(news.rows, id, null),
    tellMessage: (told: ThreadMessage) => remember(news.messages, told.id, told),
    readList: (view: string) => {
      const answer = held<ListPage>()
      const read = client.fetchInfiniteQuery({
        queryKey: listOf(view),
        queryFn: () => answer.promise,
        initialPageParam: null,
      })
      return {
        release: async (...rows: ConversationRow[]) => {
          answer.release(page(rows))
          await read
        },
      }
    },
    readChat: (id: string) => {
      const answer = held<ConversationDetails>()
      const read = client.fetchQuery({ queryKey: chatOf(id), queryFn: () => answer.promise })
      return {
        release: async (chat: ConversationDetails) => {
          answer.release(chat)
          await read
        },
      }
    },
    listed: (view: string) =>
      client.getQueryData<Lists>(listOf(view))?.pages.flatMap(({ rows }) => rows) ?? [],
    chat: (id: string) => client.getQueryData<ConversationDetails>(chatOf(id)),
  }
}

const chatWith = (of: ConversationRow, messages: ThreadMessage[]) =>
  ({ row: of, messages, olderFrom: null }) as ConversationDetails

test('a chat resolved while the list is on its way stands among the resolved ones', async () => {
  const inbox = openInbox()
  const reading = inbox.readList('resolved')
  inbox.tell(row('a', { state: 'resolved', lastMessageAt: minute(5), changedTx: '11' }))
  await reading.release(row('b', { state: 'resolved', lastMessageAt: minute(3) }))
  expect(inbox.listed('resolved').map(({ id }) => id)).toEqual(['a', 'b'])
})

test('a chat taken by a colleague while my list is on its way is not in it', async () => {
  const inbox = openInbox()
  const reading = inbox.readList('mine-pending')
  inbox.tell(row('a', { assigneeId: 'other', changedTx: '11' }))
  inbox.tellGone('c')
  await reading.release(row('a'), row('b'), row('c'))
  expect(inbox.listed('mine-pending').map(({ id }) => id)).toEqual(['b'])
})

test('an answer that is newer than what was told meanwhile stands', async () => {
  const inbox = openInbox()
  const reading = inbox.readList('all')
  inbox.tell(row('a', { state: 'follow-up', changedTx: '11' }))
  await reading.release(row('a', { state: 'resolved', changedTx: '12' }))
  expect(inbox.listed('all')).toMatchObject([{ state: 'resolved', changedTx: '12' }])
})

test('what was told counts as unread from what the answer says this member has read', async () => {
  const inbox = openInbox()
  const reading = inbox.readList('all')
  inbox.tell(row('a', { inboundCount: 6, unreadCount: 6, changedTx: '11' }))
  await reading.release(row('a', { inboundCount: 5, unreadCount: 2 }))
  expect(inbox.listed('all')).toMatchObject([{ inboundCount: 6, unreadCount: 3 }])
})

test('a message pushed while its chat is on its way is in the thread', async () => {
  const inbox = openInbox()
  const reading = inbox.readChat('a')
  inbox.tellMessage(message('m2', { at: minute(2), changedTx: '11' }))
  inbox.tellMessage(message('elsewhere', { conversationId: 'b', changedTx: '11' }))
  inbox.tell(row('a', { state: 'follow-up', changedTx: '11' }))
  await reading.release(chatWith(row('a'), [message('m1')]))
  expect(inbox.chat('a')).toMatchObject({
    row: { state: 'follow-up' },
    messages: [{ id: 'm1' }, { id: 'm2' }],
  })
})

test('an answer asked for after the news has them already: a chat it leaves out stays out', async () => {
  const inbox = openInbox()
  remember(newsOf(inbox.client).rows, 'a', row('a', { changedTx: '11' }), Date.now() - 1)
  await inbox.readList('all').release(row('b'))
  expect(inbox.listed('all').map(({ id }) => id)).toEqual(['b'])
})

test('a list that comes with a page is older than what was told while the page was made', () => {
  const inbox = openInbox()
  inbox.tell(row('a', { state: 'resolved', changedTx: '11' }))
  const server = new QueryClient()
  clients.push(server)
  server.setQueryData<Lists>(listOf('all'), { pages: [page([row('a')])], pageParams: [null] })
  const queries = server.getQueryCache().getAll()
  hydrate(inbox.client, {
    mutations: [],
    queries: queries.map(({ queryKey, queryHash, state }) => ({
      queryKey,
      queryHash,
      state,
      dehydratedAt: 0,
    })),
  })
  expect(inbox.listed('all')).toMatchObject([{ state: 'resolved' }])
})

test('a chat that must be read anew while it is read for the first time is read twice', async () => {
  const inbox = openInbox()
  const reading = inbox.readChat('a')
  void readAnew(inbox.client, chatOf('a'))
  await reading.release(chatWith(row('a'), []))
  expect(inbox.client.getQueryState(chatOf('a'))?.isInvalidated).toBe(true)
})

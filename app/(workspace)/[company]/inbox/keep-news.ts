import type { Query, QueryCacheNotifyEvent, QueryClient, QueryKey } from '@tanstack/react-query'
import type { ConversationDetails, Sort, View } from '@/server/conversations/schema'
import { type Lists, layOverChat, layOverPages, newsOf, type Shown } from './news'

type Places = { listKey: QueryKey; chatKey: QueryKey; memberId: string }

/** Readings that began before something that they may have missed: they are read once more when they end. */
const readAgain = new WeakSet<Query>()

/**
 * Lays the news over every list and chat that is read, before the screen sees it.
 * @param places where the cache holds lists and chats (their path keys), and who reads.
 * @returns how to stop.
 */
export function keepNews(queryClient: QueryClient, { listKey, chatKey, memberId }: Places): () => void {
  const cache = queryClient.getQueryCache()
  const news = newsOf(queryClient)
  const begunAt = new WeakMap<Query, number>()
  const among = (path: QueryKey) => new Set(cache.findAll({ queryKey: path }))

  return cache.subscribe((event) => {
    const { query } = event
    if (isBegun(event)) begunAt.set(query, Date.now())
    if (!isRead(event)) return
    const since = begunAt.get(query) ?? null
    begunAt.delete(query)
    const shown = shownBy(query.queryKey, memberId)
    if (shown && among(listKey).has(query)) {
      const list = query.state.data as Lists
      const pages = layOverPages(list.pages, news, shown, since)
      if (pages !== list.pages) queryClient.setQueryData<Lists>(query.queryKey, { ...list, pages })
    } else if (among(chatKey).has(query)) {
      const chat = query.state.data as ConversationDetails
      const laid = layOverChat(chat, news, since)
      if (laid !== chat) queryClient.setQueryData<ConversationDetails>(query.queryKey, laid)
    }
    if (readAgain.delete(query)) void queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true })
  })
}

/**
 * Reads anew what lies under a key. A first reading that is under way cannot be begun again (it has nothing to show
 * meanwhile), so it is followed by a second one.
 */
export function readAnew(queryClient: QueryClient, queryKey: QueryKey): Promise<void> {
  for (const query of queryClient.getQueryCache().findAll({ queryKey })) {
    if (query.state.data === undefined && query.state.fetchStatus !== 'idle') readAgain.add(query)
  }
  return queryClient.invalidateQueries({ queryKey })
}

const isBegun = (event: QueryCacheNotifyEvent) => event.type === 'updated' && event.action.type === 'fetch'

/** From the server, by a request or with a page; not what the screen itself put there. */
function isRead(event: QueryCacheNotifyEvent): boolean {
  if (event.query.state.data === undefined) return false
  if (event.type === 'added') return true
  if (event.type !== 'updated') return false
  return event.action.type === 'setState' || (event.action.type === 'success' && !event.action.manual)
}

/** View, order and search of a cached list, from its query key. */
export function shownBy(key: QueryKey, memberId: string): Shown | null {
  const options = key[1] as { input?: { view?: View; sort?: Sort; search?: string } } | undefined
  const { view, sort, search } = options?.input ?? {}
  return view ? { view, sort: sort ?? 'wait', search, memberId } : null
}

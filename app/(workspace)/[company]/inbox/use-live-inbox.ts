'use client'

import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { useCompany } from '@/app/_client/company'
import { useRealtime } from '@/app/_client/realtime'
import { useTRPC, useTRPCClient } from '@/app/_client/trpc'
import type { ConversationDetails, ConversationRow, ThreadMessage } from '@/server/conversations/schema'
import { mergeMessages, movesCounts, placeRow, removeRow, reviveMessage, reviveRow, rowIn } from './cache'
import { keepNews, readAnew, shownBy } from './keep-news'
import { type Lists, messagesHeard, newsOf, remember } from './news'
import { oneAtATime } from './one-at-a-time'

/** Counts are asked anew at most once in this time, however much is pushed. */
const COUNTS_MS = 800

/** What patches the inbox's part of the query cache: pushed events, syncs and the member's own commands alike. */
export function useInboxCache() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { member } = useCompany()
  return useMemo(() => {
    const news = newsOf(queryClient)
    const listKey = trpc.conversations.list.pathKey()
    const detailsKey = (conversationId: string) => trpc.conversations.get.queryKey({ conversationId })
    const details = (conversationId: string) =>
      queryClient.getQueryData<ConversationDetails>(detailsKey(conversationId))

    const known = (conversationId: string): ConversationRow | undefined => {
      for (const [, list] of queryClient.getQueriesData<Lists>({ queryKey: listKey })) {
        const row = list && rowIn(list.pages, conversationId)
        if (row) return row
      }
      return details(conversationId)?.row
    }

    const setRow = (row: ConversationRow) => {
      const before = known(row.id)
      for (const [key, list] of queryClient.getQueriesData<Lists>({ queryKey: listKey })) {
        const shown = shownBy(key, member.id)
        if (!list || !shown) continue
        queryClient.setQueryData<Lists>(key, {
          ...list,
          pages: placeRow(list.pages, row, shown),
        })
      }
      queryClient.setQueryData<ConversationDetails>(detailsKey(row.id), (old) =>
        old && BigInt(old.row.changedTx) <= BigInt(row.changedTx) ? { ...old, row } : old,
      )
      if (movesCounts(before, row)) askCounts(queryClient, trpc.conversations.counts.queryKey())
    }

    /** A row by push or sync: an answer that is under way may be older. What a member's own command shows is no news. */
    const tellRow = (row: ConversationRow) => {
      remember(news.rows, row.id, row)
      setRow(row)
    }

    const remove = (conversationId: string) => {
      remember(news.rows, conversationId, null)
      for (const [key, list] of queryClient.getQueriesData<Lists>({ queryKey: listKey })) {
        if (list && rowIn(list.pages, conversationId)) {
          queryClient.setQueryData<Lists>(key, { ...list, pages: removeRow(list.pages, conversationId) })
        }
      }
      askCounts(queryClient, trpc.conversations.counts.queryKey())
    }

    const setMessages = (conversationId: string, messages: readonly ThreadMessage[]) => {
      queryClient.setQueryData<ConversationDetails>(detailsKey(conversationId), (old) =>
        old ? mergeMessages(old, messages) : old,
      )
    }

    const tellMessages = (conversationId: string, messages: readonly ThreadMessage[]) => {
      for (const message of messages) remember(news.messages, message.id, message)
      setMessages(conversationId, messages)
    }

    /** @param since ms: when the reading began that they are laid over. */
    const heardMessages = (conversationId: string, since: number) =>
      messagesHeard(news, conversationId, since)

    const setDetails = (
      conversationId: string,
      change: (old: ConversationDetails) => ConversationDetails,
    ) => {
      queryClient.setQueryData<ConversationDetails>(detailsKey(conversationId), (old) =>
        old ? change(old) : old,
      )
    }

    /** The thread's folded lines are not pushed: they are read again when the row says that something happened. */
    const refreshThread = (conversationId: string) => readAnew(queryClient, detailsKey(conversationId))

    const reload = () => readAnew(queryClient, trpc.conversations.pathKey())

    const keep = () =>
      keepNews(queryClient, { listKey, chatKey: trpc.conversations.get.pathKey(), memberId: member.id })

    return {
      known,
      setRow,
      tellRow,
      remove,
      setMessages,
      tellMessages,
      heardMessages,
      setDetails,
      details,
      refreshThread,
      reload,
      keep,
    }
  }, [queryClient, trpc, member.id])
}

let countsTimer: ReturnType<typeof setTimeout> | undefined

function askCounts(queryClient: QueryClient, queryKey: readonly unknown[]): void {
  if (countsTimer !== undefined) return
  countsTimer = setTimeout(() => {
    countsTimer = undefined
    void readAnew(queryClient, queryKey)
  }, COUNTS_MS)
}

/**
 * Keeps the inbox true: each pushed event patches the cache; after a lost connection, on focus and every minute the
 * changes since the last cursor are read and merged the same way.
 * @param openConversationId the chat on the screen, whose messages are healed too.
 */
export function useLiveInbox(openConversationId: string | null): void {
  const realtime = useRealtime()
  const client = useTRPCClient()
  const cache = useInboxCache()
  const open = useRef(openConversationId)
  open.current = openConversationId

  useEffect(() => cache.keep(), [cache])

  useEffect(
    () =>
      realtime.listen((event) => {
        if (event.type === 'conversations.changed') {
          for (const told of event.rows) {
            const before = cache.known(told.id)
            const row = reviveRow(told, before)
            cache.tellRow(row)
            const shownInThread = before && movesCounts(before, row)
            if (shownInThread && row.id === open.current) void cache.refreshThread(row.id)
          }
        }
        if (event.type === 'message.changed') {
          if (event.message === null) void cache.refreshThread(event.conversationId)
          else cache.tellMessages(event.conversationId, [reviveMessage(event.message)])
        }
      }),
    [realtime, cache],
  )

  useEffect(() => {
    let cursor: string | null = null
    let isGone = false
    const sync = async () => {
      if (isGone) return
      if (cursor === null) {
        // What was loaded before the first cursor may have missed what happened in between: read back a little.
        cursor = (await client.conversations.cursor.query()).cursor
        await cache.reload()
        return
      }
      const openNow = open.current
      const changes = await client.conversations.since.query({
        cursor,
        ...(openNow ? { openConversationId: openNow } : {}),
      })
      if (isGone) return
      cursor = changes.cursor
      if (changes.reload) {
        await cache.reload()
        return
      }
      for (const row of changes.rows) cache.tellRow(row)
      for (const id of changes.gone) cache.remove(id)
      if (openNow && changes.messages.length > 0) cache.tellMessages(openNow, changes.messages)
    }
    // The next heal asks again from the same cursor: nothing is skipped.
    const heal = oneAtATime(() => sync().catch(() => undefined))
    const stop = realtime.onHeal(heal)
    heal()
    return () => {
      isGone = true
      stop()
    }
  }, [realtime, client, cache])
}

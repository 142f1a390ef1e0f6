'use client'

import { type InfiniteData, type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { useCompany } from '@/app/_client/company'
import { useRealtime } from '@/app/_client/realtime'
import { useTRPC, useTRPCClient } from '@/app/_client/trpc'
import type {
  ConversationDetails,
  ConversationRow,
  Sort,
  ThreadMessage,
  View,
} from '@/server/conversations/schema'
import {
  type ListPage,
  mergeMessages,
  movesCounts,
  placeRow,
  removeRow,
  reviveMessage,
  reviveRow,
  rowIn,
} from './cache'

type Lists = InfiniteData<ListPage>

/** Counts are asked anew at most once in this time, however much is pushed. */
const COUNTS_MS = 800

/** What patches the inbox's part of the query cache: pushed events, syncs and the member's own commands alike. */
export function useInboxCache() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { member } = useCompany()
  return useMemo(() => {
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
        const shown = inputOf(key)
        if (!list || !shown) continue
        queryClient.setQueryData<Lists>(key, {
          ...list,
          pages: placeRow(list.pages, row, { ...shown, memberId: member.id }),
        })
      }
      queryClient.setQueryData<ConversationDetails>(detailsKey(row.id), (old) =>
        old && BigInt(old.row.changedTx) <= BigInt(row.changedTx) ? { ...old, row } : old,
      )
      if (movesCounts(before, row)) askCounts(queryClient, trpc.conversations.counts.queryKey())
    }

    const remove = (conversationId: string) => {
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

    const setDetails = (
      conversationId: string,
      change: (old: ConversationDetails) => ConversationDetails,
    ) => {
      queryClient.setQueryData<ConversationDetails>(detailsKey(conversationId), (old) =>
        old ? change(old) : old,
      )
    }

    /** The thread's folded lines are not pushed: they are read again when the row says that something happened. */
    const refreshThread = (conversationId: string) =>
      queryClient.invalidateQueries({ queryKey: detailsKey(conversationId) })

    const reload = () => queryClient.invalidateQueries({ queryKey: trpc.conversations.pathKey() })

    return { known, setRow, remove, setMessages, setDetails, details, refreshThread, reload }
  }, [queryClient, trpc, member.id])
}

/** View, order and search of a cached list, from its query key. */
function inputOf(key: readonly unknown[]): { view: View; sort: Sort; search?: string | undefined } | null {
  const options = key[1] as { input?: { view?: View; sort?: Sort; search?: string } } | undefined
  const { view, sort, search } = options?.input ?? {}
  return view ? { view, sort: sort ?? 'wait', search } : null
}

let countsTimer: ReturnType<typeof setTimeout> | undefined

function askCounts(queryClient: QueryClient, queryKey: readonly unknown[]): void {
  if (countsTimer !== undefined) return
  countsTimer = setTimeout(() => {
    countsTimer = undefined
    void queryClient.invalidateQueries({ queryKey })
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

  useEffect(
    () =>
      realtime.listen((event) => {
        if (event.type === 'conversations.changed') {
          for (const told of event.rows) {
            const before = cache.known(told.id)
            const row = reviveRow(told, before)
            cache.setRow(row)
            const shownInThread = before && movesCounts(before, row)
            if (shownInThread && row.id === open.current) void cache.refreshThread(row.id)
          }
        }
        if (event.type === 'message.changed') {
          if (event.message === null) void cache.refreshThread(event.conversationId)
          else cache.setMessages(event.conversationId, [reviveMessage(event.message)])
        }
      }),
    [realtime, cache],
  )

  useEffect(() => {
    let cursor: string | null = null
    let isSyncing = false
    let isGone = false
    const sync = async () => {
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
      for (const row of changes.rows) cache.setRow(row)
      for (const id of changes.gone) cache.remove(id)
      if (openNow && changes.messages.length > 0) cache.setMessages(openNow, changes.messages)
    }
    const heal = () => {
      if (isSyncing) return
      isSyncing = true
      sync()
        // The next heal asks again from the same cursor: nothing is skipped.
        .catch(() => undefined)
        .finally(() => {
          isSyncing = false
        })
    }
    const stop = realtime.onHeal(heal)
    heal()
    return () => {
      isGone = true
      stop()
    }
  }, [realtime, client, cache])
}

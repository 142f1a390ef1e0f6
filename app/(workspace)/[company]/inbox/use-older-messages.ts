'use client'

import { useCallback, useState } from 'react'
import { reasonOf } from '@/app/_client/refusal'
import { useTRPCClient } from '@/app/_client/trpc'
import { useReason } from '@/app/_client/use-reason'
import { showToast } from '@/app/_ui/toast'
import { addMessages, mergeMessages } from './cache'
import { useInboxCache } from './use-live-inbox'

/** Reads the page before the oldest message that is loaded, and puts it above. */
export function useOlderMessages(conversationId: string) {
  const client = useTRPCClient()
  const cache = useInboxCache()
  const say = useReason()
  const [isLoading, setLoading] = useState(false)
  const [hasFailed, setFailed] = useState(false)

  const load = useCallback(async () => {
    const before = cache.details(conversationId)?.olderFrom
    if (!before || isLoading) return
    setLoading(true)
    setFailed(false)
    const begunAt = Date.now()
    try {
      const page = await client.conversations.older.query({ conversationId, before })
      cache.setDetails(conversationId, (old) =>
        mergeMessages(
          { ...addMessages(old, page.messages), olderFrom: page.olderFrom },
          cache.heardMessages(conversationId, begunAt),
        ),
      )
    } catch (error) {
      setFailed(true)
      void showToast({ id: 'older', tone: 'bad', message: say(reasonOf(error)) })
    } finally {
      setLoading(false)
    }
  }, [client, cache, conversationId, isLoading, say])

  return { load: () => void load(), isLoading, hasFailed }
}

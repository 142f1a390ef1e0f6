'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC, useTRPCClient } from '@/app/_client/trpc'
import { keepLoaded } from './cache'
import { useInboxCache } from './use-live-inbox'

/** The chat of the address with its panel and messages. Reading it anew takes nothing off the screen. */
export function useOpenChat(chatId: string | null) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const cache = useInboxCache()
  const conversationId = chatId ?? ''
  return useQuery({
    ...trpc.conversations.get.queryOptions({ conversationId }),
    queryFn: async () => {
      const fetched = await client.conversations.get.query({ conversationId })
      return keepLoaded(cache.details(conversationId), fetched)
    },
    enabled: chatId !== null,
  })
}

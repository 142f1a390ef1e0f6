'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useRealtime } from '@/app/_client/realtime'
import { useTRPC } from '@/app/_client/trpc'

/** Times of the last message are not pushed: they are asked for while the page is in sight. */
const REFRESH_MS = 15_000
/** A code lives 20 seconds; a page that missed the push must not show an old one for long. */
const PAIRING_MS = 2_000

/** The channels, true at once when one of them changes. */
export function useLiveChannels() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { listen, onHeal } = useRealtime()

  useEffect(() => {
    const refresh = () => void queryClient.invalidateQueries({ queryKey: trpc.channels.pathKey() })
    const stopListening = listen((event) => {
      if (event.type === 'channel.changed') refresh()
    })
    const stopHealing = onHeal(refresh)
    return () => {
      stopListening()
      stopHealing()
    }
  }, [listen, onHeal, queryClient, trpc])

  return useQuery(trpc.channels.list.queryOptions(undefined, { refetchInterval: REFRESH_MS }))
}

/** The code to scan now, renewed while the dialog is open. */
export function usePairing(channelId: string) {
  const trpc = useTRPC()
  return useQuery(
    trpc.channels.pairing.queryOptions(
      { channelId },
      { refetchInterval: PAIRING_MS, staleTime: 0, gcTime: 0 },
    ),
  )
}

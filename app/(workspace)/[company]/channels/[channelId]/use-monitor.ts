'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useRealtime } from '@/app/_client/realtime'
import { useTRPC } from '@/app/_client/trpc'

/** Times of the last message are not pushed. */
const REFRESH_MS = 15_000

/** The monitor of one channel, true at once when its state changes. */
export function useMonitor(channelId: string) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { listen, onHeal } = useRealtime()
  useEffect(() => {
    const refresh = () => void queryClient.invalidateQueries({ queryKey: trpc.monitoring.pathKey() })
    const stopListening = listen((event) => {
      if (event.type === 'channel.changed' && event.channelId === channelId) refresh()
    })
    const stopHealing = onHeal(refresh)
    return () => {
      stopListening()
      stopHealing()
    }
  }, [channelId, listen, onHeal, queryClient, trpc])
  return useQuery(trpc.monitoring.channel.queryOptions({ channelId }, { refetchInterval: REFRESH_MS }))
}

/** The last thirty days in the company's zone, as the ledger takes them. */
export function lastDays(days: number, keyOf: (moment: Date) => string, now: Date) {
  return { from: keyOf(new Date(now.getTime() - (days - 1) * 86_400_000)), to: keyOf(now) }
}

'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { useRealtime } from '@/app/_client/realtime'
import { useTRPC } from '@/app/_client/trpc'
import type { ChannelSummary } from '@/server/channels/schema'
import type { ViewCounts } from '@/server/conversations/schema'
import type { ChannelHealth } from './rail'
import { roomPath } from './rooms'

export type ShellNews = { counts: ViewCounts; channels: ChannelSummary[] }

/** Counts are asked anew at most once in this time, however much is pushed. */
const COUNTS_MS = 2_000

/** What the rail says: how many chats wait for me, and whether a channel needs somebody. */
export function useShellNews(
  company: string,
  first: ShellNews,
): { waitingCount: number; health: ChannelHealth } {
  const trpc = useTRPC()
  const counts = useQuery({ ...trpc.conversations.counts.queryOptions(), initialData: first.counts })
  const channels = useQuery({ ...trpc.channels.list.queryOptions(), initialData: first.channels })
  useFreshNews(company)
  return { waitingCount: counts.data.minePending, health: healthOf(channels.data) }
}

/** A channel that should be connected and is not, is down; one that is on its way back is a warning. */
function healthOf(channels: readonly Pick<ChannelSummary, 'wanted' | 'state'>[]): ChannelHealth {
  const broken = channels.filter(({ wanted, state }) => wanted && state !== 'connected')
  if (broken.length === 0) return 'fine'
  return broken.every(({ state }) => state === 'connecting') ? 'warning' : 'down'
}

function useFreshNews(company: string): void {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const realtime = useRealtime()
  // The inbox knows from the rows themselves when its counts change.
  const isInbox = usePathname().startsWith(roomPath(company, 'inbox'))
  const isInboxNow = useRef(isInbox)
  useEffect(() => {
    isInboxNow.current = isInbox
  })

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = (queryKey: readonly unknown[]) => void queryClient.invalidateQueries({ queryKey })
    const askCounts = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        ask(trpc.conversations.counts.queryKey())
      }, COUNTS_MS)
    }
    const stopListening = realtime.listen((event) => {
      if (event.type === 'channel.changed') ask(trpc.channels.list.queryKey())
      if (event.type === 'member.changed') ask(trpc.members.list.queryKey())
      if (event.type === 'conversations.changed' && !isInboxNow.current) askCounts()
    })
    const stopHealing = realtime.onHeal(() => {
      askCounts()
      ask(trpc.channels.list.queryKey())
    })
    return () => {
      clearTimeout(timer)
      stopListening()
      stopHealing()
    }
  }, [trpc, queryClient, realtime])
}

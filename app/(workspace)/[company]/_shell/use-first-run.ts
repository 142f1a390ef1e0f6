'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useRealtime } from '@/app/_client/realtime'
import { useTRPC } from '@/app/_client/trpc'
import type { FirstRun } from '@/server/onboarding/schema'

/** What is pushed within this time is looked at once. */
const GATHER_MS = 300

/** Whether something is left of the first steps; without the phone in the page there are none to take. */
export const isUnfinished = ({ phone, steps }: FirstRun): boolean =>
  phone !== null && Object.values(steps).includes(false)

/**
 * The first steps, kept true by what is pushed until the last one is done.
 * @param first as it was when the page was drawn; null for who does not set up the company
 */
export function useFirstRun(first: FirstRun | null): FirstRun | null {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { listen, onHeal } = useRealtime()
  const { data } = useQuery({
    ...trpc.onboarding.firstRun.queryOptions(),
    ...(first ? { initialData: first } : {}),
    enabled: first !== null,
  })
  const isOpen = data !== undefined && isUnfinished(data)

  useEffect(() => {
    if (!isOpen) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        void queryClient.invalidateQueries({ queryKey: trpc.onboarding.firstRun.queryKey() })
      }, GATHER_MS)
    }
    const stops = [listen(ask), onHeal(ask)]
    return () => {
      clearTimeout(timer)
      for (const stop of stops) stop()
    }
  }, [isOpen, trpc, queryClient, listen, onHeal])

  return data ?? null
}

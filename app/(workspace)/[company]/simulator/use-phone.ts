'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useRealtime } from '@/app/_client/realtime'
import { useTRPC, useTRPCClient } from '@/app/_client/trpc'
import type { Persona } from './personas'
import { linesOf, type Said, stillSaid, unreadOf } from './phone-thread'

/** Pushes come only to who may see the chat; the phone asks by itself while it is in sight. */
const REFRESH_MS = 2_000

/** The persona's thread with the company, what it is just saying, and its reading of the answers. */
export function usePhone(channelId: string, persona: Persona) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const { listen } = useRealtime()
  const [said, setSaid] = useState<Said[]>([])
  const told = useRef(new Set<string>())
  const input = { channelId, personaId: persona.id }
  const options = trpc.simulator.thread.queryOptions(input, { refetchInterval: REFRESH_MS })
  const { data, isError } = useQuery(options)
  const thread = data ?? NOTHING

  useEffect(
    () =>
      listen((event) => {
        if (event.type !== 'conversations.changed' && event.type !== 'message.changed') return
        void queryClient.invalidateQueries({ queryKey: trpc.simulator.thread.pathKey() })
      }),
    [listen, queryClient, trpc],
  )

  useEffect(() => {
    setSaid((before) => {
      const after = stillSaid(thread, before)
      return after.length === before.length ? before : after
    })
  }, [thread])

  useEffect(() => {
    const tellRead = () => {
      if (document.visibilityState !== 'visible') return
      for (const messageId of unreadOf(thread, told.current)) {
        told.current.add(messageId)
        const read = { channelId, personaId: persona.id, messageId }
        // Told again with the next look when it did not arrive.
        client.simulator.read.mutate(read).catch(() => told.current.delete(messageId))
      }
    }
    tellRead()
    document.addEventListener('visibilitychange', tellRead)
    return () => document.removeEventListener('visibilitychange', tellRead)
  }, [thread, channelId, persona.id, client])

  const say = useMutation(
    trpc.simulator.say.mutationOptions({
      onError: (_error, { id }) =>
        setSaid((all) => all.map((one) => (one.id === id ? { ...one, hasFailed: true } : one))),
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.simulator.thread.pathKey() }),
    }),
  )

  return {
    lines: linesOf(thread, said),
    isEmpty: data !== undefined && data.length === 0 && said.length === 0,
    isError,
    error: say.error,
    say: (text: string) => {
      const id = crypto.randomUUID()
      const before = new Set(thread.map((message) => message.id))
      setSaid((all) => [...all, { id, text, at: new Date(), hasFailed: false, before }])
      say.mutate({ channelId, persona, id, text })
    },
  }
}

const NOTHING: never[] = []

'use client'

import type PusherClient from 'pusher-js'
import type { Channel, PresenceChannel } from 'pusher-js'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react'
import type { RealtimeEvent } from '@/server/realtime/events'
import { realtimeChannel } from '@/server/realtime/events'
import type { RealtimeSettings } from '@/server/realtime/public-settings'

/** What of the company this member may hear; realtime/authorize judges it again. */
export type Hearing = {
  company: string
  tenantId: string
  memberId: string
  role: string
  teamIds: readonly string[]
  sees: 'own' | 'teams' | 'all'
  seesTeamless: boolean
}

export type Looker = { memberId: string; name: string }

type Realtime = {
  /** False while nothing is pushed: screens then say so and ask by themselves. */
  isConnected: boolean
  listen: (listener: (event: RealtimeEvent) => void) => () => void
  /** Runs when a gap may have opened: after each (re)connection, on focus, when online again, and every minute. */
  onHeal: (heal: () => void) => () => void
  /** Joins the people who look at a chat. */
  look: (conversationId: string, onLookers: (lookers: Looker[]) => void) => () => void
}

const RealtimeContext = createContext<Realtime | null>(null)

const HEAL_MS = 60_000
/** How often changes are asked for while nothing is pushed. */
const UNPUSHED_HEAL_MS = 15_000
const EVENT_TYPES: RealtimeEvent['type'][] = [
  'conversations.changed',
  'message.changed',
  'channel.changed',
  'member.changed',
]

function channelsOf(hearing: Hearing): string[] {
  const { tenantId, memberId } = hearing
  const channels = [realtimeChannel.member(tenantId, memberId)]
  if (hearing.sees === 'all') channels.push(realtimeChannel.supervision(tenantId))
  if (hearing.sees === 'teams') {
    channels.push(...hearing.teamIds.map((teamId) => realtimeChannel.team(tenantId, teamId)))
  }
  // Supervisors too: news of members come here. A chat heard twice changes nothing the second time.
  if (hearing.sees === 'all' || hearing.seesTeamless) channels.push(realtimeChannel.all(tenantId))
  return channels
}

async function connect(settings: RealtimeSettings, company: string): Promise<PusherClient> {
  const { default: Pusher } = await import('pusher-js')
  const headers = { 'x-company': company }
  const common = {
    cluster: settings.cluster,
    channelAuthorization: { endpoint: '/api/pusher/auth', transport: 'ajax' as const, headers },
    userAuthentication: { endpoint: '/api/pusher/user', transport: 'ajax' as const, headers },
  }
  if (settings.host === null) return new Pusher(settings.key, { ...common, forceTLS: true })
  const tls = settings.host === 'same-origin' ? location.protocol === 'https:' : settings.host.tls
  const name = settings.host === 'same-origin' ? location.hostname : settings.host.name
  const port =
    settings.host === 'same-origin' ? Number(location.port || (tls ? 443 : 80)) : settings.host.port
  return new Pusher(settings.key, {
    ...common,
    wsHost: name,
    wsPort: port,
    wssPort: port,
    forceTLS: tls,
    enabledTransports: ['ws', 'wss'],
  })
}

/** One socket per tab. The one owner of pusher-js. */
export function RealtimeProvider({
  settings,
  hearing,
  children,
}: {
  settings: RealtimeSettings
  hearing: Hearing
  children: ReactNode
}) {
  const [isConnected, setConnected] = useState(false)
  const [client, setClient] = useState<PusherClient | null>(null)
  const listeners = useRef(new Set<(event: RealtimeEvent) => void>())
  const healers = useRef(new Set<() => void>())
  const given = useRef({ settings, hearing })

  useEffect(() => {
    const { settings: to, hearing: what } = given.current
    let pusher: PusherClient | null = null
    let isGone = false
    const heal = () => {
      for (const healer of healers.current) healer()
    }
    const healWhenSeen = () => {
      if (document.visibilityState === 'visible') heal()
    }
    const minute = setInterval(heal, HEAL_MS)
    document.addEventListener('visibilitychange', healWhenSeen)
    window.addEventListener('online', heal)
    connect(to, what.company).then(
      (connected) => {
        if (isGone) return connected.disconnect()
        pusher = connected
        pusher.connection.bind('state_change', ({ current }: { current: string }) =>
          setConnected(current === 'connected'),
        )
        pusher.signin()
        for (const name of channelsOf(what)) hear(pusher.subscribe(name), listeners.current, heal)
        setClient(pusher)
      },
      () => setConnected(false),
    )
    return () => {
      isGone = true
      clearInterval(minute)
      document.removeEventListener('visibilitychange', healWhenSeen)
      window.removeEventListener('online', heal)
      pusher?.disconnect()
    }
  }, [])

  useEffect(() => {
    if (isConnected) return
    const often = setInterval(() => {
      for (const healer of healers.current) healer()
    }, UNPUSHED_HEAL_MS)
    return () => clearInterval(often)
  }, [isConnected])

  const realtime = useMemo<Realtime>(
    () => ({
      isConnected,
      listen: (listener) => add(listeners.current, listener),
      onHeal: (heal) => add(healers.current, heal),
      look: (conversationId, onLookers) => {
        if (!client) return () => undefined
        const name = realtimeChannel.conversation(given.current.hearing.tenantId, conversationId)
        const channel = client.subscribe(name) as PresenceChannel
        const tell = () => onLookers(lookersOf(channel, given.current.hearing.memberId))
        hear(channel, listeners.current, () => {
          tell()
          for (const healer of healers.current) healer()
        })
        channel.bind('pusher:member_added', tell)
        channel.bind('pusher:member_removed', tell)
        return () => {
          channel.unbind_all()
          client.unsubscribe(name)
        }
      },
    }),
    [client, isConnected],
  )
  return <RealtimeContext value={realtime}>{children}</RealtimeContext>
}

function add<Item>(set: Set<Item>, item: Item): () => void {
  set.add(item)
  return () => {
    set.delete(item)
  }
}

/** The server's events only: what clients send to each other goes by other names. */
function hear(channel: Channel, listeners: Set<(event: RealtimeEvent) => void>, onSubscribed: () => void) {
  channel.bind('pusher:subscription_succeeded', onSubscribed)
  for (const type of EVENT_TYPES) {
    channel.bind(type, (event: RealtimeEvent) => {
      for (const listener of listeners) listener(event)
    })
  }
}

function lookersOf(channel: PresenceChannel, me: string): Looker[] {
  const lookers: Looker[] = []
  channel.members.each((member: { id: string; info?: { name?: string } }) => {
    if (member.id !== me) lookers.push({ memberId: member.id, name: member.info?.name ?? '' })
  })
  return lookers
}

export function useRealtime(): Realtime {
  const realtime = useContext(RealtimeContext)
  if (!realtime) throw new Error('useRealtime needs a RealtimeProvider above it')
  return realtime
}

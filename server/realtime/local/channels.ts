import { LIMITS } from './limits'
import { channelKind, encodeFrame, type Member } from './protocol'

/** Whoever listens: channels know nothing of sockets but this. */
export interface Subscriber {
  readonly socketId: string
  send(frame: Buffer): void
}

type Channel = {
  /** Who listens, and as which member (presence only). */
  subscribers: Map<Subscriber, string | null>
  /** One member per user, however many tabs; `tabs` decides when the user has left. */
  members: Map<string, { info: unknown; tabs: number }>
}

type CachedEvent = { event: string; data: string; at: number }

export type ChannelFacts = {
  occupied: boolean
  subscription_count: number
  user_count: number
  cache: { data: string; ttl: number } | null
}

export type Channels = ReturnType<typeof createChannels>

/** Who listens to what: subscriptions, presence members, and the last event of cache channels. */
export function createChannels(now: () => number) {
  const channels = new Map<string, Channel>()
  const cache = new Map<string, CachedEvent>()
  const countsDue = new Set<string>()

  /** Subscribes and answers the subscriber, or returns why not. Subscribing again is answered again. */
  function join(name: string, subscriber: Subscriber, member: Member | null): string | null {
    const channel = channels.get(name) ?? { subscribers: new Map(), members: new Map() }
    const isNew = !channel.subscribers.has(subscriber)
    const known = member && channel.members.get(member.userId)
    if (isNew && member && !known && channel.members.size >= LIMITS.presenceMembers)
      return `A presence channel holds at most ${LIMITS.presenceMembers} members`

    if (isNew) {
      channels.set(name, channel)
      channel.subscribers.set(subscriber, member?.userId ?? null)
      if (known) known.tabs += 1
      else if (member) channel.members.set(member.userId, { info: member.info, tabs: 1 })
    }
    const roster = member ? describeMembers(channel) : {}
    subscriber.send(encodeFrame('pusher_internal:subscription_succeeded', name, roster))
    if (isNew && member && !known) {
      const joined = { user_id: member.userId, user_info: member.info }
      broadcast(name, encodeFrame('pusher_internal:member_added', name, joined), subscriber.socketId)
    }
    if (isNew) announceCount(name, channel)
    if (channelKind(name)?.isCached) {
      const { event, data } = readCache(name) ?? { event: 'pusher:cache_miss', data: '' }
      subscriber.send(encodeFrame(event, name, data))
    }
    return null
  }

  function leave(name: string, subscriber: Subscriber): void {
    const channel = channels.get(name)
    const userId = channel?.subscribers.get(subscriber)
    if (!channel?.subscribers.delete(subscriber)) return
    if (channel.subscribers.size === 0) {
      channels.delete(name)
      return
    }
    const member = userId == null ? undefined : channel.members.get(userId)
    if (member && userId != null) {
      member.tabs -= 1
      if (member.tabs === 0) {
        channel.members.delete(userId)
        broadcast(name, encodeFrame('pusher_internal:member_removed', name, { user_id: userId }))
      }
    }
    announceCount(name, channel)
  }

  /** Sends a server's event to all but one socket, and keeps it when the channel is a cache channel. */
  function publish(name: string, event: string, data: string, exceptSocketId?: string): void {
    if (channelKind(name)?.isCached) {
      cache.delete(name)
      cache.set(name, { event, data, at: now() })
      const [oldest] = cache.keys()
      if (cache.size > LIMITS.cachedChannels && oldest !== undefined) cache.delete(oldest)
    }
    broadcast(name, encodeFrame(event, name, data), exceptSocketId)
  }

  function broadcast(name: string, frame: Buffer, exceptSocketId?: string): void {
    for (const subscriber of channels.get(name)?.subscribers.keys() ?? [])
      if (subscriber.socketId !== exceptSocketId) subscriber.send(frame)
  }

  /** Presence channels announce members instead; large channels wait for the sweep (quadratic otherwise). */
  function announceCount(name: string, channel: Channel): void {
    const access = channelKind(name)?.access
    if (access === 'presence' || access === 'personal') return
    const count = channel.subscribers.size
    if (count > LIMITS.promptCountSubscribers) countsDue.add(name)
    else
      broadcast(name, encodeFrame('pusher_internal:subscription_count', name, { subscription_count: count }))
  }

  function readCache(name: string): CachedEvent | undefined {
    const cached = cache.get(name)
    return cached && now() - cached.at < LIMITS.cacheMs ? cached : undefined
  }

  /** Called every few seconds: forgets stale cached events, sends the counts that were put off. */
  function sweep(): void {
    for (const name of cache.keys()) if (!readCache(name)) cache.delete(name)
    for (const name of countsDue) {
      const count = channels.get(name)?.subscribers.size
      const data = { subscription_count: count }
      if (count) broadcast(name, encodeFrame('pusher_internal:subscription_count', name, data))
    }
    countsDue.clear()
  }

  function describe(name: string): ChannelFacts {
    const channel = channels.get(name)
    const cached = readCache(name)
    const ttl = cached ? Math.ceil((LIMITS.cacheMs - (now() - cached.at)) / 1000) : 0
    return {
      occupied: channel !== undefined,
      subscription_count: channel?.subscribers.size ?? 0,
      user_count: channel?.members.size ?? 0,
      cache: cached ? { data: cached.data, ttl } : null,
    }
  }

  return {
    join,
    leave,
    publish,
    broadcast,
    sweep,
    describe,
    /** The member this subscriber is on a presence channel; null on others; undefined when not subscribed. */
    memberOf: (name: string, subscriber: Subscriber) => channels.get(name)?.subscribers.get(subscriber),
    memberIds: (name: string): string[] => [...(channels.get(name)?.members.keys() ?? [])],
    names: (): string[] => [...channels.keys()],
  }
}

function describeMembers(channel: Channel) {
  const hash = Object.fromEntries([...channel.members].map(([id, { info }]) => [id, info ?? null]))
  return { presence: { ids: [...channel.members.keys()], hash, count: channel.members.size } }
}

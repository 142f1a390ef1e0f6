import type { ChannelEvent } from '@/server/channels/schema'

/** The channel as the road needs it. */
export type InboundChannel = {
  id: string
  kind: string
  menuId: string | null
  defaultTeamId: string | null
  courtesyMinutes?: number
  /** Of the worker that owns the channel: nothing is taken in its name once somebody else does. */
  fence?: bigint
}

export type Arrival = {
  event: ChannelEvent
  /** When we first heard of it: the journal's time. */
  receivedAt: Date
  /** The journal entry that is settled in the same transaction; null when there is none. */
  journalId: string | null
}

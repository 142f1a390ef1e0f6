import { z } from 'zod'

/** Days of the company, "2026-11-24", both included. A month at most: longer ranges are reports. */
const MAX_DAYS = 31
const day = z.iso.date()
const DAY_MS = 86_400_000

const daysOf = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
const isRange = ({ from, to }: { from: string; to: string }) => {
  const days = daysOf(from, to)
  return days >= 1 && days <= MAX_DAYS
}

export const ledgerFilters = ['all', 'in', 'unanswered', 'out', 'waiting', 'failed', 'lost'] as const
export type LedgerFilter = (typeof ledgerFilters)[number]

const range = { channelId: z.uuid(), from: day, to: day }
export const ledgerRangeInput = z.object(range).refine(isRange, { error: 'rangeWrong', path: ['to'] })
export const ledgerPageInput = z
  .object({
    ...range,
    filter: z.enum(ledgerFilters).default('all'),
    cursor: z.object({ createdAt: z.coerce.date(), id: z.uuid() }).nullish(),
  })
  .refine(isRange, { error: 'rangeWrong', path: ['to'] })
export const changesInput = z.object({
  channelId: z.uuid(),
  cursor: z.object({ at: z.coerce.date(), id: z.uuid() }).nullish(),
})

export type LedgerRange = z.infer<typeof ledgerRangeInput>
export type LedgerPageInput = z.infer<typeof ledgerPageInput>

/** What the link did, as stored. */
export type LinkChange = { id: string; state: string; reason: string | null; code: number | null; at: Date }

/** How a stretch of time looks on the bar. */
export type LinkLook = 'up' | 'silent' | 'down' | 'paused'
export type Stretch = { look: LinkLook; from: Date; to: Date }

/** Of a window that ends now: the part of the wanted time in which it was connected, and how often it came back. */
export type Uptime = { share: number | null; reconnects: number }

export type ChannelAlarmRow = {
  id: string
  channelId: string
  channelName: string
  kind: string
  reason: string | null
  code: number | null
  raisedAt: Date
  clearedAt: Date | null
}

export type LastMessage = { at: Date; contactName: string; text: string; status: string | null }

/** All that the monitor of one channel shows, as of `now`. */
export type ChannelMonitor = {
  now: Date
  channel: {
    id: string
    kind: string
    name: string
    address: string | null
    wanted: boolean
    state: string
    stateReason: string | null
    stateSince: Date
    restriction: string | null
    restrictedSince: Date | null
    restrictedUntil: Date | null
    newChatsUsed: number | null
    newChatsTotal: number | null
    newChatsUntil: Date | null
  }
  lastIn: LastMessage | null
  lastOut: LastMessage | null
  waiting: number
  oldestWaitingAt: Date | null
  lastDay: Stretch[]
  uptime: { day: Uptime; week: Uptime; month: Uptime }
  alarms: ChannelAlarmRow[]
}

/** The counts of a range. Each is counted from the rows themselves, none is kept as a number. */
export type LedgerTotals = {
  /** stored + waiting to be stored + put aside. */
  received: number
  stored: number
  journalWaiting: number
  putAside: number
  answered: number
  out: number
  sent: number
  delivered: number
  waiting: number
  failed: number
  /** Of ours, neither on its way, nor gone, nor failed. */
  lost: number
  /** One provider id stored twice, or gone and still on its way. */
  doubled: number
}

export type LedgerRow = {
  id: string
  conversationId: string
  contactName: string
  direction: 'in' | 'out'
  authorKind: string
  kind: string
  text: string
  /** The provider's time, when it came late; else ours. */
  at: Date
  createdAt: Date
  status: string | null
  sentAt: Date | null
  deliveredAt: Date | null
  readAt: Date | null
  failureCode: string | null
  answeredAt: Date | null
  attempts: number | null
  notBefore: Date | null
  isLost: boolean
}

/** What came in and is not a message yet. */
export type JournalRow = {
  id: string
  receivedAt: Date
  attempts: number
  lastError: string | null
  deadAt: Date | null
}

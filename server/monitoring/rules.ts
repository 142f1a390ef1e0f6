import type { LinkChange, LinkLook, Stretch, Uptime } from './schema'

/** How a state looks on the bar of time. On its way back is not yet back. */
function lookOf(state: string): LinkLook {
  if (state === 'connected') return 'up'
  if (state === 'silent' || state === 'paused') return state
  return 'down'
}

/**
 * The stretches of a window, oldest first, neighbours of one look joined.
 * @param changes oldest first; the last one before the window may lead them
 * @param bornAt when the channel was first connected: before that it could not fail, and nothing is shown
 */
export function stretchesOf(
  changes: readonly Pick<LinkChange, 'state' | 'at'>[],
  window: { from: Date; to: Date },
  bornAt: Date,
): Stretch[] {
  const stretches: Stretch[] = []
  const begin = Math.max(window.from.getTime(), bornAt.getTime())
  const end = window.to.getTime()
  const first = changes[0]
  const known = first && first.at.getTime() <= begin ? [] : [{ state: 'disconnected', at: new Date(begin) }]
  const all = [...known, ...changes]
  for (const [place, { state, at }] of all.entries()) {
    const from = Math.max(begin, at.getTime())
    const to = Math.min(end, all[place + 1]?.at.getTime() ?? end)
    if (to <= from) continue
    const look = lookOf(state)
    const last = stretches.at(-1)
    if (last?.look === look) last.to = new Date(to)
    else stretches.push({ look, from: new Date(from), to: new Date(to) })
  }
  return stretches
}

/** Connected time by wanted time; a paused channel is nobody's outage. Null when it was never wanted. */
export function uptimeOf(stretches: readonly Stretch[]): Uptime {
  let up = 0
  let wanted = 0
  let reconnects = 0
  let wasUp = false
  let isAway = false
  for (const { look, from, to } of stretches) {
    const length = to.getTime() - from.getTime()
    if (look === 'paused') {
      isAway = false
      continue
    }
    wanted += length
    if (look === 'up') {
      up += length
      if (wasUp && isAway) reconnects += 1
      wasUp = true
      isAway = false
    } else if (look === 'down') isAway = true
  }
  return { share: wanted === 0 ? null : up / wanted, reconnects }
}

/** A line of the history that people read: several changes of the link may be one event. */
export type HistoryEntry = {
  id: string
  what:
    | 'dropped'
    | 'restarted'
    | 'back'
    | 'linked'
    | 'silent'
    | 'paused'
    | 'scan'
    | 'logged-out'
    | 'replaced'
    | 'banned'
    | 'version-refused'
    | 'disconnected'
  reason: string | null
  code: number | null
  at: Date
  /** When it was over; null while it lasts. Of `back` and `linked`: since when it had been away. */
  until: Date | null
}

const STOPS = [
  'logged-out',
  'replaced',
  'banned',
  'version-refused',
  'disconnected',
  'silent',
  'paused',
] as const

/**
 * Folds changes into events. A reconnect that needs three tries is one drop and one return.
 * @param changes newest first, as pages bring them
 * @returns newest first
 */
export function foldHistory(changes: readonly LinkChange[]): HistoryEntry[] {
  const entries: HistoryEntry[] = []
  let open: HistoryEntry | null = null
  let awaySince: Date | null = null
  let wasScanned = false
  let hasBeenUp = false
  const begin = (change: LinkChange, what: HistoryEntry['what']) => {
    if (open) open.until ??= change.at
    open = { id: change.id, what, reason: change.reason, code: change.code, at: change.at, until: null }
    entries.push(open)
  }
  for (const change of [...changes].reverse()) {
    const { state, reason, at } = change
    if (reason === 'scanned' || state === 'scan') wasScanned = true
    if (state === 'connected') {
      if (open) (open as HistoryEntry).until ??= at
      open = null
      entries.push({
        id: change.id,
        what: wasScanned || !hasBeenUp ? 'linked' : 'back',
        reason: null,
        code: null,
        at,
        until: awaySince,
      })
      awaySince = null
      wasScanned = false
      hasBeenUp = true
      continue
    }
    if (state !== 'paused' && state !== 'silent') awaySince ??= at
    const stop = STOPS.find((known) => known === state)
    const current: HistoryEntry['what'] | undefined = (open as HistoryEntry | null)?.what
    if (stop) {
      if (current !== stop) begin(change, stop)
    } else if (state === 'scan') {
      if (current !== 'scan' && current !== 'logged-out') begin(change, 'scan')
    } else if (state === 'connecting' && reason !== 'scanned' && open === null && (reason || hasBeenUp)) {
      begin(change, reason ? 'dropped' : 'restarted')
    }
  }
  return entries.reverse()
}

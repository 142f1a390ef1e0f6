import { Bot, Hourglass, Layers, type LucideIcon } from 'lucide-react'
import type { ConversationState, View } from '@/server/conversations/schema'

/** A view that every member has; those of single teams come on top. */
export type FixedView = Exclude<View, `team:${string}`>

export type ViewCounts = {
  minePending: number
  mineFollowUp: number
  open: number
  line: number
  menu: number
  all: number
  teams: Record<string, number>
}

type ViewEntry = {
  view: FixedView
  /** Key of its name under inbox.views. */
  name: 'minePending' | 'mineFollowUp' | 'open' | 'line' | 'menu' | 'resolved' | 'all'
  mark: { state: ConversationState } | { icon: LucideIcon }
  countOf?: (counts: ViewCounts) => number
  /** A count that asks for work is shown on red. */
  isUrgent?: boolean
}

export const MINE_VIEWS: readonly ViewEntry[] = [
  {
    view: 'mine-pending',
    name: 'minePending',
    mark: { state: 'pending' },
    countOf: (counts) => counts.minePending,
    isUrgent: true,
  },
  {
    view: 'mine-follow-up',
    name: 'mineFollowUp',
    mark: { state: 'follow-up' },
    countOf: (counts) => counts.mineFollowUp,
  },
]

export const SHARED_VIEWS: readonly ViewEntry[] = [
  { view: 'open', name: 'open', mark: { state: 'open' }, countOf: (counts) => counts.open },
  { view: 'line', name: 'line', mark: { icon: Hourglass }, countOf: (counts) => counts.line },
  { view: 'menu', name: 'menu', mark: { icon: Bot }, countOf: (counts) => counts.menu },
  { view: 'resolved', name: 'resolved', mark: { state: 'resolved' } },
  { view: 'all', name: 'all', mark: { icon: Layers }, countOf: (counts) => counts.all },
]

/** The series colours double as the colours of teams, which are stored as 1 to 5. */
export function teamColour(colour: number): string {
  return `var(--k${Math.min(Math.max(Math.trunc(colour), 1), 5)})`
}

import { Inbox, type LucideIcon, Settings, Smartphone, TabletSmartphone, Workflow } from 'lucide-react'
import type { CompanyFrame } from '@/app/_client/company'

/** The rooms of the workspace, in the order of the rail. A room is listed once it exists. */
export type RoomKey = 'inbox' | 'menus' | 'channels' | 'simulator' | 'settings'

export type Room = {
  key: RoomKey
  /** Second key after G. */
  goKey?: string
  icon: LucideIcon
  /** Where it shows: both bars, or the wide one alone (phones have place for five). */
  isOnPhone: boolean
  /** Who is sent away from its door does not see it in the rail. */
  isForAgents: boolean
}

const ROOMS: readonly Room[] = [
  { key: 'inbox', goKey: 'i', icon: Inbox, isOnPhone: true, isForAgents: true },
  { key: 'menus', goKey: 'm', icon: Workflow, isOnPhone: true, isForAgents: false },
  { key: 'channels', goKey: 'h', icon: Smartphone, isOnPhone: true, isForAgents: true },
  { key: 'simulator', icon: TabletSmartphone, isOnPhone: true, isForAgents: true },
  { key: 'settings', icon: Settings, isOnPhone: true, isForAgents: true },
]

/** The rooms that a member of this role may enter. */
export const roomsOf = (role: CompanyFrame['member']['role']): readonly Room[] =>
  role === 'agent' ? ROOMS.filter(({ isForAgents }) => isForAgents) : ROOMS

export function roomPath(company: string, room: RoomKey): string {
  return `/${company}/${room}`
}

/** The first steps: no room of the rail's list, for it goes when they are done. */
export const welcomePath = (company: string): string => `/${company}/welcome`

import { Inbox, type LucideIcon, Settings, Smartphone, TabletSmartphone, Workflow } from 'lucide-react'

/** The rooms of the workspace, in the order of the rail. A room is listed once it exists. */
export type RoomKey = 'inbox' | 'menus' | 'channels' | 'simulator' | 'settings'

export type Room = {
  key: RoomKey
  /** Second key after G. */
  goKey?: string
  icon: LucideIcon
  /** Where it shows: both bars, or the wide one alone (phones have place for five). */
  isOnPhone: boolean
}

export const ROOMS: readonly Room[] = [
  { key: 'inbox', goKey: 'i', icon: Inbox, isOnPhone: true },
  { key: 'menus', goKey: 'm', icon: Workflow, isOnPhone: true },
  { key: 'channels', goKey: 'h', icon: Smartphone, isOnPhone: true },
  { key: 'simulator', icon: TabletSmartphone, isOnPhone: true },
  { key: 'settings', icon: Settings, isOnPhone: true },
]

export function roomPath(company: string, room: RoomKey): string {
  return `/${company}/${room}`
}

/** The first steps: no room of the rail's list, for it goes when they are done. */
export const welcomePath = (company: string): string => `/${company}/welcome`

import { type ChannelState, channelStates } from '@/server/channels/words'

/** How a state looks: well, under way, waiting for a person, silent by choice. */
export type StateTone = 'good' | 'busy' | 'bad' | 'quiet'

const TONES: Record<ChannelState, StateTone> = {
  connected: 'good',
  connecting: 'busy',
  syncing: 'busy',
  scan: 'bad',
  disconnected: 'bad',
  'logged-out': 'bad',
  replaced: 'bad',
  banned: 'bad',
  'version-refused': 'bad',
  silent: 'busy',
  paused: 'quiet',
}

/** A state as the database holds it; one this page does not know counts as not connected. */
export function readState(state: string): ChannelState {
  return channelStates.find((known) => known === state) ?? 'disconnected'
}

export function toneOf(state: ChannelState): StateTone {
  return TONES[state]
}

type Linked = { kind: string; wanted: boolean; state: string }

/** Whether a scan of the code brings the channel back: only channels that a phone links have one. */
export function needsScan({ kind, wanted, state }: Linked): boolean {
  if (kind !== 'whatsapp-bridge' || !wanted) return false
  const known = readState(state)
  return known === 'scan' || known === 'logged-out' || known === 'disconnected' || known === 'replaced'
}

/** How many channels are well and how many are not; the drawn phone is no number of the company. */
export function countTones(channels: readonly Linked[]): { good: number; silent: number; bad: number } {
  const states = channels.filter(({ kind }) => kind !== 'simulator').map(({ state }) => readState(state))
  const tones = states.map(toneOf)
  return {
    silent: states.filter((state) => state === 'silent').length,
    good: tones.filter((tone) => tone === 'good').length,
    bad: tones.filter((tone) => tone === 'bad').length,
  }
}

import { readState } from './state-look'

/** Where the linking of a phone stands. */
export type PairingPhase = 'preparing' | 'code' | 'syncing' | 'stopped' | 'done'

type Pairing = { state: string; stateReason: string | null; pairing: object | null }

/** The worker stopped for a reason that only a person can mend; asking for another code begins anew. */
const STOPPED = new Set([
  'nobody-scanned',
  'used-elsewhere',
  'multi-device-off',
  'refused-by-whatsapp',
  'already-connected',
])

export function phaseOf({ state, stateReason, pairing }: Pairing): PairingPhase {
  const known = readState(state)
  if (known === 'connected') return 'done'
  if (known === 'syncing' || (known === 'connecting' && stateReason === 'scanned')) return 'syncing'
  if (pairing) return 'code'
  if (known === 'paused' || (stateReason !== null && STOPPED.has(stateReason))) return 'stopped'
  return 'preparing'
}

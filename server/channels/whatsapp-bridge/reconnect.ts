import type { ChannelState } from '@/server/channels/words'
import { nextDelay } from './backoff'

/** How a connection ended, as far as the policy cares. */
export type Ending = {
  /** Of the protocol (Baileys' DisconnectReason, and WhatsApp's own); null when there was none. */
  code: number | null
  /**
   * server: WhatsApp said so inside the encrypted stream. network: everything else; a proxy that answers 401 or 403
   * to the WebSocket is no word of WhatsApp, and must not cost a company its link.
   */
  saidBy: 'server' | 'network'
  /** It logged a linked device in; otherwise it showed codes. */
  wasLinked: boolean
  /** A phone scanned the code on this connection. */
  wasScanned: boolean
  /** All codes of the round were shown. */
  wereCodesUsedUp: boolean
  /** It lived long enough, connected, to forget earlier failures. */
  wasSteady: boolean
}

/** What earlier endings left behind. */
export type Memory = {
  /** Endings in a row since the link was last steady. */
  failures: number
  /** Of these, how often WhatsApp would not have our keys (500). */
  badSessions: number
  /** Rounds of six codes, each some three minutes, that nobody scanned. */
  unscannedRounds: number
}

export const CLEAN: Memory = { failures: 0, badSessions: 0, unscannedRounds: 0 }

type Follow = {
  memory: Memory
  /** How the channel stands now; null when it stays as it was. */
  link: { state: ChannelState; reason: string } | null
}
/** login: with the stored keys, or with codes when there are none. pair: with codes, whatever is stored. */
type Attempt = Follow & { do: 'login' | 'pair'; afterMs: number; wipe: boolean }

export type Next = Attempt | (Follow & { do: 'stop' })

/** A 500 may also be an outage at WhatsApp, so the stored keys are kept and tried again after each round of codes. */
const BAD_SESSIONS_BEFORE_SCAN = 8
/** About two hours of codes; then somebody must ask for them again by pausing and resuming the channel. */
const MAX_UNSCANNED_ROUNDS = 24
/** People who take their time find the next code at once; after that the rounds get rarer. */
const QUICK_ROUNDS = 4
const QUICK_ROUND_MS = 2_000
/** A refused version changes with a release of ours or of WhatsApp, for all companies together. */
const VERSION_REFUSED_MS = 15 * 60_000
/** A server that says "come back at once" time and again gets the same patience as any other failure. */
const MAX_PROMPT_RETURNS = 3

/**
 * What follows the end of a connection.
 * @param seed chance, from 0 up to but not including 1.
 */
export function decideNext(ending: Ending, before: Memory, seed: number): Next {
  const memory = ending.wasSteady ? CLEAN : before
  const failures = memory.failures + 1
  const login = (afterMs: number, reason: string, more: Partial<Memory> = {}): Attempt => ({
    do: 'login',
    afterMs,
    wipe: false,
    link: { state: 'connecting', reason },
    memory: { ...memory, failures, ...more },
  })
  const stop = (state: ChannelState, reason: string): Next => ({
    do: 'stop',
    link: { state, reason },
    memory,
  })
  const lost = login(nextDelay(failures, seed), 'connection-lost')

  if (ending.wasScanned) return { ...login(ending.code === 515 ? 0 : lost.afterMs, 'scanned'), memory: CLEAN }
  if (ending.wereCodesUsedUp) return nextRound(memory, seed, stop)
  if (ending.saidBy === 'network') return lost
  if (ending.code === 405) {
    const afterMs = Math.round(VERSION_REFUSED_MS * (1 + seed))
    return { ...login(afterMs, ''), link: { state: 'version-refused', reason: 'version-refused' } }
  }
  if (!ending.wasLinked) return lost

  switch (ending.code) {
    case 515:
      return failures > MAX_PROMPT_RETURNS ? lost : login(0, 'restart-required')
    case 401:
      return {
        do: 'pair',
        afterMs: 0,
        wipe: true,
        link: { state: 'logged-out', reason: 'removed-on-phone' },
        memory: CLEAN,
      }
    case 402:
    case 403:
      return stop('banned', 'refused-by-whatsapp')
    case 440:
      return stop('replaced', 'used-elsewhere')
    case 411:
      return stop('disconnected', 'multi-device-off')
    case 500: {
      const badSessions = memory.badSessions + 1
      const again = login(nextDelay(failures, seed), 'bad-session', { badSessions })
      return badSessions < BAD_SESSIONS_BEFORE_SCAN
        ? again
        : { ...again, do: 'pair', afterMs: 0, link: { state: 'scan', reason: 'bad-session' } }
    }
    default:
      return lost
  }
}

function nextRound(memory: Memory, seed: number, stop: (state: ChannelState, reason: string) => Next): Next {
  const unscannedRounds = memory.unscannedRounds + 1
  if (unscannedRounds >= MAX_UNSCANNED_ROUNDS) return stop('disconnected', 'nobody-scanned')
  return {
    do: 'login',
    afterMs: unscannedRounds < QUICK_ROUNDS ? QUICK_ROUND_MS : nextDelay(unscannedRounds, seed),
    wipe: false,
    link: null,
    memory: { ...memory, unscannedRounds },
  }
}

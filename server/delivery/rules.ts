import type { SendResult } from '@/server/channels/schema'

/** A message is tried so often before a person is asked. */
const MAX_ATTEMPTS = 6
const FIRST_DELAY_MS = 1_000
const LONGEST_DELAY_MS = 60_000

export type NextAttempt = { do: 'retry'; afterMs: number } | { do: 'give-up'; code: string; final: boolean }

/**
 * What follows a failed attempt. Refusals are not repeated: a restricted number that insists is blocked for longer. A
 * channel that is offline costs no attempt: what waits goes out in order when it is back.
 * @param attempts made so far, this one included.
 */
export function nextAttempt(failure: Extract<SendResult, { ok: false }>, attempts: number): NextAttempt {
  if (failure.failure === 'offline') return { do: 'retry', afterMs: FIRST_DELAY_MS }
  if (!failure.retryable) return { do: 'give-up', code: failure.code, final: true }
  if (attempts >= MAX_ATTEMPTS) return { do: 'give-up', code: failure.code, final: false }
  return { do: 'retry', afterMs: Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempts - 1)) }
}

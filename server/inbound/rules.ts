import { cameBeforeReading } from '@/server/menu/rules'
import type { MenuState, Step } from '@/server/menu/schema'

/** An inbound later than this met no bot when it was written, and meets none now: straight to the waiting line. */
const LATE_HOURS = 24

/** Provider time orders the thread only for what came late; live messages keep the order in which we recorded them. */
const LIVE_MS = 30_000

/** @param at the provider's time. */
export const isLate = (at: Date, now: Date) => now.getTime() - at.getTime() > LATE_HOURS * 3_600_000

/** Where a message stands in the thread. A provider's clock that runs ahead is not believed. */
export function threadTime(at: Date, now: Date): Date {
  return now.getTime() - at.getTime() > LIVE_MS ? at : now
}

/** A "miss" that was written before the menu could be read is no answer: no scolding, no second greeting. */
export function isNoAnswer(step: Step, state: MenuState, receivedAt: Date, askedAt: Date | null): boolean {
  if (state.at === 'start' || !askedAt) return false
  const missed = step.do === 'ask' ? step.because === 'miss' : step.reason === 'too-many-misses'
  return missed && cameBeforeReading(askedAt, receivedAt)
}

const THANKS = new Set([
  'gracias',
  'muchas gracias',
  'mil gracias',
  'ok',
  'okay',
  'listo',
  'vale',
  'dale',
  'perfecto',
  'genial',
  'bueno',
  'de acuerdo',
  'entendido',
  'ok gracias',
  'listo gracias',
  'perfecto gracias',
  'muchisimas gracias',
  'igualmente',
  'thanks',
  'thank you',
  'great',
  'thx',
  'obrigado',
  'obrigada',
  'muito obrigado',
  'muito obrigada',
  'valeu',
  'beleza',
])

/** Only thanks or emoji: within the courtesy time it belongs to the chat that is over, and opens nothing. */
export function isCourtesy(text: string): boolean {
  const words = text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if (words === '') return /\p{Extended_Pictographic}/u.test(text)
  return THANKS.has(words)
}

/** Default courtesy time; a company may set it, and 0 turns it off. */
export const COURTESY_MINUTES = 10

/** The phone's own auto-reply answers faster than a person types. */
export const AUTO_REPLY_MS = 3_000

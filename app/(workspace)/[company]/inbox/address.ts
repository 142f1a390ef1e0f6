import { createParser, parseAsString, parseAsStringLiteral } from 'nuqs/server'
import type { Sort, View } from '@/server/conversations/schema'

/**
 * What the address of the inbox says: `/company/inbox/<chat>?view=&sort=&q=`. No zod here: the browser loads this file
 * with the inbox.
 */
export type InboxAddress = { view: View; sort: Sort; q: string }

const FIXED = ['mine-pending', 'mine-follow-up', 'mine', 'open', 'line', 'menu', 'resolved', 'all'] as const
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** The view of an address; null for anything that is none. */
export function readView(text: string): View | null {
  const fixed = FIXED.find((view) => view === text)
  if (fixed) return fixed
  const team = text.startsWith('team:') ? text.slice('team:'.length) : ''
  return UUID.test(team) ? `team:${team}` : null
}

/** The chat of an address, or null. */
export function chatIdOf(segment: string | undefined): string | null {
  return segment !== undefined && UUID.test(segment) ? segment : null
}

export const INBOX_PARSERS = {
  view: createParser<View>({ parse: readView, serialize: (view) => view }).withDefault('all'),
  sort: parseAsStringLiteral(['wait', 'recent'] as const).withDefault('wait'),
  q: parseAsString.withDefault(''),
}

/** The search part of an address, with what is usual left out: "" or "?view=open". */
export function searchOf({ view, sort, q }: InboxAddress): string {
  const given = new URLSearchParams()
  if (view !== 'all') given.set('view', view)
  if (sort !== 'wait') given.set('sort', sort)
  if (q !== '') given.set('q', q)
  const text = given.toString()
  return text === '' ? '' : `?${text}`
}

/** The same on the server and in the browser, so that what was prefetched is found. */
export function listQuery({ view, sort, q }: InboxAddress) {
  const search = q.trim().slice(0, 100)
  return search === '' ? { view, sort } : { view, sort, search }
}

export const NEXT_PAGE = {
  getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor,
}

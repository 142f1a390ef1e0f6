import type {
  ConversationDetails,
  ConversationRow,
  Sort,
  ThreadMessage,
  View,
} from '@/server/conversations/schema'

/**
 * How pushed rows and messages change what is on the screen. Pure: the screen and its tests run the same functions.
 * A row carries the transaction that wrote it, so what comes late or twice changes nothing.
 */
export type ListPage = { rows: ConversationRow[]; nextCursor: string | null }

/** Row version of a message that has not reached the server: kept on screen with the way to try again. */
export const UNSENT = '0'
export const isUnsent = ({ changedTx }: { changedTx: string }) => changedTx === UNSENT

const isNewer = (left: { changedTx: string }, right: { changedTx: string }) =>
  BigInt(left.changedTx) > BigInt(right.changedTx)

/** A pushed row: dates are ISO text, and the unread count is worked out from what this member had read. */
export function reviveRow(pushed: unknown, known: ConversationRow | undefined): ConversationRow {
  const raw = pushed as ConversationRow
  const date = (value: Date | null) => (value === null ? null : new Date(value))
  const read = known ? known.inboundCount - known.unreadCount : 0
  return {
    ...raw,
    waitingSince: date(raw.waitingSince),
    lineSince: date(raw.lineSince),
    resolvedAt: date(raw.resolvedAt),
    openedAt: new Date(raw.openedAt),
    lastMessageAt: new Date(raw.lastMessageAt),
    sortAt: new Date(raw.sortAt),
    unreadCount: Math.max(0, raw.inboundCount - read),
  }
}

export function reviveMessage(pushed: unknown): ThreadMessage {
  const raw = pushed as ThreadMessage
  const revived = (at: Date | null) => (at ? new Date(at) : null)
  return {
    ...raw,
    at: new Date(raw.at),
    createdAt: new Date(raw.createdAt),
    editedAt: revived(raw.editedAt),
    deletedAt: revived(raw.deletedAt),
  }
}

/** Whether a chat belongs into a view: the twin of conversations/queries, for one row. */
export function belongs(row: ConversationRow, view: View, memberId: string): boolean {
  const mine = row.assigneeId === memberId
  if (view.startsWith('team:')) return row.state !== 'resolved' && row.teamId === view.slice('team:'.length)
  switch (view) {
    case 'mine-pending':
      return mine && row.state === 'pending'
    case 'mine-follow-up':
      return mine && row.state === 'follow-up'
    case 'mine':
      return mine && (row.state === 'pending' || row.state === 'follow-up')
    case 'open':
      return row.state === 'open'
    case 'line':
      return row.state === 'open' && row.lineSince !== null
    case 'menu':
      return row.state === 'open' && row.lineSince === null
    case 'resolved':
      return row.state === 'resolved'
    default:
      return true
  }
}

const STATE_ORDER = { pending: 0, 'follow-up': 1, open: 2, resolved: 3 } as const

/** Order of the list: longest wait first by state, or newest first; resolved always below, newest first. */
function comparePlaces(left: ConversationRow, right: ConversationRow, sort: Sort): number {
  const rank = (row: ConversationRow) =>
    sort === 'recent' ? Number(row.state === 'resolved') : STATE_ORDER[row.state]
  if (rank(left) !== rank(right)) return rank(left) - rank(right)
  const newestFirst = sort === 'recent' || left.state === 'resolved'
  const by = newestFirst
    ? right.lastMessageAt.getTime() - left.lastMessageAt.getTime()
    : left.sortAt.getTime() - right.sortAt.getTime()
  if (by !== 0) return by
  const byId = left.id < right.id ? -1 : 1
  return newestFirst ? -byId : byId
}

/** The row of a chat in a list, if it is loaded. */
export const rowIn = (pages: readonly ListPage[], conversationId: string): ConversationRow | undefined =>
  pages.flatMap((page) => page.rows).find((row) => row.id === conversationId)

/**
 * Puts a changed row in its place: moved, new, or out of the view. A row that belongs below the last loaded one is
 * left to the next page. Sizes of pages are kept, so that the keys of the pages still fit.
 */
export function placeRow(
  pages: readonly ListPage[],
  row: ConversationRow,
  { view, sort, memberId, search }: { view: View; sort: Sort; memberId: string; search?: string | undefined },
): ListPage[] {
  const known = rowIn(pages, row.id)
  // Only the server knows what a search finds: a pushed row may change there, never join.
  if (search && !known) return [...pages]
  if (known && isNewer(known, row)) return [...pages]
  const others = pages.flatMap((page) => page.rows).filter((other) => other.id !== row.id)
  if (!belongs(row, view, memberId)) return repage(pages, others)
  const place = others.findIndex((other) => comparePlaces(row, other, sort) < 0)
  const isEndKnown = pages.at(-1)?.nextCursor === null
  if (place === -1 && !isEndKnown && !known) return repage(pages, others)
  if (place === -1) return repage(pages, [...others, row])
  return repage(pages, [...others.slice(0, place), row, ...others.slice(place)])
}

/** Takes a chat out of a list: it is gone from this member's sight. */
export const removeRow = (pages: readonly ListPage[], conversationId: string): ListPage[] =>
  repage(
    pages,
    pages.flatMap((page) => page.rows).filter((row) => row.id !== conversationId),
  )

function repage(pages: readonly ListPage[], rows: readonly ConversationRow[]): ListPage[] {
  let start = 0
  return pages.map((page, index) => {
    const isLast = index === pages.length - 1
    const end = isLast ? rows.length : start + page.rows.length
    const part = rows.slice(start, end)
    start = end
    return { ...page, rows: part }
  })
}

/** Puts messages into an open chat: new ones in their place, known ones by the newer version. */
export function addMessages(
  details: ConversationDetails,
  changed: readonly ThreadMessage[],
): ConversationDetails {
  const byId = new Map(details.messages.map((message) => [message.id, message]))
  for (const message of changed) {
    const known = byId.get(message.id)
    if (!known || !isNewer(known, message)) byId.set(message.id, message)
  }
  const messages = [...byId.values()].sort(
    (left, right) => left.at.getTime() - right.at.getTime() || (left.id < right.id ? -1 : 1),
  )
  return { ...details, messages }
}

/** Pushed or synced messages. One from above what is loaded would stand alone over a gap: it comes with its page. */
export function mergeMessages(
  details: ConversationDetails,
  changed: readonly ThreadMessage[],
): ConversationDetails {
  const oldest = details.messages[0]
  if (details.olderFrom === null || !oldest) return addMessages(details, changed)
  return addMessages(
    details,
    changed.filter(({ at }) => at >= oldest.at),
  )
}

/**
 * A chat read anew brings its newest page only. What is loaded stays, unless so much came meanwhile that the two do not
 * meet; and what has not reached the server is known here alone.
 */
export function keepLoaded(
  known: ConversationDetails | undefined,
  fetched: ConversationDetails,
): ConversationDetails {
  if (!known) return fetched
  const oldest = fetched.messages[0]
  const meet = known.messages.findIndex(({ id }) => id === oldest?.id)
  const kept = addMessages(fetched, meet < 0 ? known.messages.filter(isUnsent) : known.messages)
  return meet > 0 ? { ...kept, olderFrom: known.olderFrom } : kept
}

/** What the counts of the views depend on; when it changed they are asked anew. */
export function movesCounts(before: ConversationRow | undefined, after: ConversationRow): boolean {
  return (
    !before ||
    before.state !== after.state ||
    before.assigneeId !== after.assigneeId ||
    before.teamId !== after.teamId ||
    (before.lineSince === null) !== (after.lineSince === null)
  )
}

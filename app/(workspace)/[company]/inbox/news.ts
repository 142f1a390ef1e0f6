import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import type {
  ConversationDetails,
  ConversationRow,
  Sort,
  ThreadMessage,
  View,
} from '@/server/conversations/schema'
import { type ListPage, mergeMessages, placeRow, removeRow, rowIn } from './cache'

/**
 * What was told while an answer was on its way is newer than that answer, and would be overwritten by it. It is kept
 * for a while, and laid over every answer that was asked for before it was told.
 */
export type Lists = InfiniteData<ListPage>
export type Shown = { view: View; sort: Sort; search?: string | undefined; memberId: string }

/** As long as the time between two heals, which mend what took longer. */
const KEPT_MS = 60_000

type Told<Thing> = { at: number; thing: Thing }

/** Rows and messages by id, with the time they were told; a row is null when the chat went out of sight. */
export type News = {
  rows: Map<string, Told<ConversationRow | null>>
  messages: Map<string, Told<ThreadMessage>>
}

const kept = new WeakMap<QueryClient, News>()

/** The news of one query cache: all that patch that cache share them. */
export function newsOf(queryClient: QueryClient): News {
  const known = kept.get(queryClient)
  if (known) return known
  const fresh: News = { rows: new Map(), messages: new Map() }
  kept.set(queryClient, fresh)
  return fresh
}

/** @param at when it was told, in ms of the same clock as the start of a reading. */
export function remember<Thing>(
  told: Map<string, Told<Thing>>,
  id: string,
  thing: Thing,
  at = Date.now(),
): void {
  // Taken out first, so that the map stays in the order of telling and its oldest are its first.
  told.delete(id)
  told.set(id, { at, thing })
  for (const [oldId, old] of told) {
    if (old.at >= at - KEPT_MS) break
    told.delete(oldId)
  }
}

/** @param since ms; null when it is not known when the reading began: all that is kept. */
const heard = <Thing>(told: Map<string, Told<Thing>>, since: number | null): [string, Thing][] =>
  [...told].filter(([, { at }]) => since === null || at >= since).map(([id, { thing }]) => [id, thing])

export const messagesHeard = (news: News, conversationId: string, since: number | null): ThreadMessage[] =>
  heard(news.messages, since)
    .map(([, message]) => message)
    .filter((message) => message.conversationId === conversationId)

/** A told row over the read one: newer in everything but what this member has read. */
function overRead(told: ConversationRow, read: ConversationRow): ConversationRow {
  if (BigInt(told.changedTx) <= BigInt(read.changedTx)) return read
  return { ...told, unreadCount: Math.max(0, told.inboundCount - (read.inboundCount - read.unreadCount)) }
}

/** The pages as they are with what was told since their reading began. */
export function layOverPages(pages: ListPage[], news: News, shown: Shown, since: number | null): ListPage[] {
  let changed = pages
  for (const [id, told] of heard(news.rows, since)) {
    const read = rowIn(changed, id)
    if (told === null) changed = read ? removeRow(changed, id) : changed
    else if (!read) changed = placeRow(changed, told, shown)
    else if (overRead(told, read) !== read) changed = placeRow(changed, overRead(told, read), shown)
  }
  return changed
}

/** The open chat as it is with what was told since its reading began. */
export function layOverChat(
  chat: ConversationDetails,
  news: News,
  since: number | null,
): ConversationDetails {
  const told = heard(news.rows, since).find(([id]) => id === chat.row.id)?.[1]
  const row = told ? overRead(told, chat.row) : chat.row
  const messages = messagesHeard(news, chat.row.id, since)
  const laid = row === chat.row ? chat : { ...chat, row }
  return messages.length > 0 ? mergeMessages(laid, messages) : laid
}

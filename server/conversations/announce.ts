import type { Prisma } from '@/prisma/generated/client'
import type { Transaction } from '@/server/kernel/context'
import { asTenantId, queryAs, systemPool, type TenantId } from '@/server/kernel/database'
import { newId } from '@/server/kernel/ids'
import { log } from '@/server/kernel/log'
import { realtimeChannel } from '@/server/realtime/events'
import { type Publication, publish } from '@/server/realtime/publish'
import { readForAnnouncement } from './queries'
import type { ConversationRow } from './schema'

/**
 * Telling open screens about chats. The note is written in the transaction that changed the chat, so a crash cannot
 * lose it; after the commit the notes of a moment are read together, told, and deleted. What nobody told within two
 * seconds is told by the worker.
 */
export type Note = { conversationId: string; messageId?: string }

/** Notes of this many milliseconds are told together: a burst of messages of one chat costs one row. */
const GATHER_MS = 15
/** More ids than this are split, so that one publish stays small. */
const TELL_AT_ONCE = 100

/** @param channels of everyone who saw the chat before the change or may see it after. */
export async function announceConversation(
  tx: Transaction,
  note: Note,
  channels: readonly string[],
): Promise<void> {
  const id = newId()
  const unique = [...new Set(channels)]
  await tx.db.announcement.create({
    data: { tenantId: tx.tenantId, id, channels: unique, event: note satisfies Prisma.InputJsonObject },
  })
  tx.afterCommit(async () => gather(tx.tenantId, { id, channels: unique, note }))
}

type Pending = { id: string; channels: readonly string[]; note: Note }

const gathered = new Map<TenantId, Pending[]>()

/**
 * Called after a commit; returns at once. While a company's notes are being told, further ones gather: the busier it
 * is, the more of a chat's changes become one.
 */
export function gather(tenantId: TenantId, pending: Pending): void {
  const waiting = gathered.get(tenantId)
  if (waiting) {
    waiting.push(pending)
    return
  }
  gathered.set(tenantId, [pending])
  setTimeout(tellGathered, GATHER_MS, tenantId)
}

async function tellGathered(tenantId: TenantId): Promise<void> {
  const notes = gathered.get(tenantId) ?? []
  gathered.set(tenantId, [])
  try {
    await tell(tenantId, notes)
  } catch (error) {
    log.warn({ error: String(error) }, 'notes not told; the worker will tell again')
  }
  if (gathered.get(tenantId)?.length) setTimeout(tellGathered, GATHER_MS, tenantId)
  else gathered.delete(tenantId)
}

async function tell(tenantId: TenantId, notes: readonly Pending[]): Promise<void> {
  for (let start = 0; start < notes.length; start += TELL_AT_ONCE) {
    const some = notes.slice(start, start + TELL_AT_ONCE)
    if (await publish(await publicationsOf(tenantId, some))) {
      await queryAs(tenantId, {
        name: 'announcement-told',
        text: `DELETE FROM announcement WHERE "tenantId" = $1 AND id = ANY($2::uuid[])`,
        values: [tenantId, some.map((note) => note.id)],
      })
    }
  }
}

/** A message longer than this is fetched by the screen instead of carried. */
const CARRIED_BYTES = 6_000
/** Rows of chats that the same people hear travel together up to this size; publish refuses 9 kB. */
const ROWS_BYTES = 8_000

async function publicationsOf(tenantId: TenantId, notes: readonly Pending[]): Promise<Publication[]> {
  const channelsOf = new Map<string, Set<string>>()
  const messageIds = new Set<string>()
  for (const { channels, note } of notes) {
    const told = channelsOf.get(note.conversationId) ?? new Set<string>()
    for (const channel of channels) told.add(channel)
    channelsOf.set(note.conversationId, told)
    if (note.messageId) messageIds.add(note.messageId)
  }
  const { rows, messages } = await readForAnnouncement(tenantId, [...channelsOf.keys()], [...messageIds])
  const ofMessages = messages.map(
    (message): Publication => ({
      channels: [realtimeChannel.conversation(tenantId, message.conversationId)],
      event: {
        type: 'message.changed',
        conversationId: message.conversationId,
        messageId: message.id,
        changedTx: message.changedTx,
        message: Buffer.byteLength(JSON.stringify(message)) > CARRIED_BYTES ? null : message,
      },
    }),
  )
  return [...packRows(rows, channelsOf), ...ofMessages]
}

/** One event for many chats of the same audience: an inbox of hundreds of chats hears a burst in a few. */
function packRows(
  rows: readonly ConversationRow[],
  channelsOf: ReadonlyMap<string, ReadonlySet<string>>,
): Publication[] {
  const packed: Publication[] = []
  const filling = new Map<string, { rows: ConversationRow[]; bytes: number }>()
  for (const row of rows) {
    const channels = [...(channelsOf.get(row.id) ?? [])].sort()
    const audience = channels.join()
    const bytes = Buffer.byteLength(JSON.stringify(row))
    const pack = filling.get(audience)
    if (pack && pack.bytes + bytes <= ROWS_BYTES) {
      pack.rows.push(row)
      pack.bytes += bytes
      continue
    }
    const started = { rows: [row], bytes }
    filling.set(audience, started)
    packed.push({ channels, event: { type: 'conversations.changed', rows: started.rows } })
  }
  return packed
}

/** A note older than this was not told by whoever wrote it. */
const OVERDUE_SECONDS = 2

/** Tells what is overdue, over all companies. Called by the worker every few seconds. @returns how many notes. */
export async function tellOverdue(): Promise<number> {
  const { rows } = await systemPool().query<{
    tenantId: string
    id: string
    channels: string[]
    event: Note
  }>(
    `SELECT "tenantId", id, channels, event FROM announcement
     WHERE "createdAt" < clock_timestamp() - make_interval(secs => ${OVERDUE_SECONDS}) ORDER BY "createdAt" LIMIT 500`,
  )
  const byTenant = new Map<TenantId, Pending[]>()
  for (const { tenantId, id, channels, event } of rows) {
    const notes = byTenant.get(asTenantId(tenantId)) ?? []
    notes.push({ id, channels, note: event })
    byTenant.set(asTenantId(tenantId), notes)
  }
  for (const [tenantId, notes] of byTenant) await tell(tenantId, notes)
  return rows.length
}

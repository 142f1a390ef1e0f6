import type { Transaction } from '@/server/kernel/context'
import { systemPool } from '@/server/kernel/database'
import { newId } from '@/server/kernel/ids'
import { log } from '@/server/kernel/log'

/** Wakes the worker that owns the channel. The payload is the channel's id. */
export const OUTBOX_WAKE = 'outbox_wake'

/** One NOTIFY per channel and this many milliseconds, outside any transaction: notifying at commit takes a global lock. */
const WAKE_DEBOUNCE_MS = 5

/** Puts a message on its way, in the transaction that stores it. */
export async function enqueueOutgoing(
  tx: Transaction,
  message: { id: string; channelId: string; conversationId: string },
): Promise<void> {
  await tx.db.outbox.create({ data: { tenantId: tx.tenantId, ...message, createdAt: tx.now } })
  tx.afterCommit(async () => wakeOutbox(message.channelId))
}

/** What we do to a message that is there. It keeps its place in the chat's order, behind the message itself. */
export async function enqueueAction(
  tx: Transaction,
  about: {
    action: 'reaction' | 'edit' | 'deletion'
    messageId: string
    words: string | null
    channelId: string
    conversationId: string
  },
): Promise<void> {
  await tx.db.outbox.create({
    data: { tenantId: tx.tenantId, id: newId(), ...about, createdAt: tx.now },
  })
  tx.afterCommit(async () => wakeOutbox(about.channelId))
}

const waking = new Map<string, NodeJS.Timeout>()

/** A hint only: the worker also looks every second. */
function wakeOutbox(channelId: string): void {
  if (waking.has(channelId)) return
  const timer = setTimeout(() => {
    waking.delete(channelId)
    systemPool()
      .query(`SELECT pg_notify('${OUTBOX_WAKE}', $1)`, [channelId])
      .catch((error: unknown) =>
        log.warn({ error: String(error) }, 'outbox wake-up not sent; the poll takes over'),
      )
  }, WAKE_DEBOUNCE_MS)
  timer.unref()
  waking.set(channelId, timer)
}

export type ClaimedFile = {
  id: string
  fileName: string
  mediaType: string
  bytes: number
  seconds: number | null
  waveform: number[] | null
  width: number | null
  height: number | null
  /** Base64 of a JPEG. */
  thumbnail: string | null
  storageKey: string
}

export type Claimed = {
  id: string
  action: 'message' | 'reaction' | 'edit' | 'deletion'
  /** The message itself, or the one that the action is about. */
  messageId: string
  words: string | null
  direction: 'in' | 'out'
  quote: { externalId: string; direction: 'in' | 'out'; kind: string; text: string } | null
  file: ClaimedFile | null
  conversationId: string
  attempts: number
  text: string
  kind: string
  externalId: string | null
  contactId: string
  phone: string | null
  identities: { kind: string; value: string }[]
}

/**
 * Takes the heads of a channel's conversations that have nothing in flight, oldest first.
 * While WhatsApp forbids the number to start chats, a first message to someone who never wrote stays where it is.
 * $3 is the claimer's fence: without its lease it gets nothing; a row of an older fence is an attempt whose end nobody
 * saw.
 */
export const CLAIM_SQL = `
  WITH owned AS (
    SELECT 1 FROM channel_lease l WHERE l."tenantId" = $1 AND l."channelId" = $2 AND l.fence = $3 FOR KEY SHARE
  ), heads AS (
    SELECT DISTINCT ON (o."conversationId") o."conversationId", o.id, o.state, o."notBefore", o."createdAt"
    FROM outbox o WHERE o."tenantId" = $1 AND o."channelId" = $2
    ORDER BY o."conversationId", (o.state = 'sending') DESC, o."createdAt", o.id
  ), ready AS (
    SELECT id FROM heads
    WHERE EXISTS (SELECT 1 FROM owned) AND state = 'queued' AND ("notBefore" IS NULL OR "notBefore" <= clock_timestamp())
      AND NOT (EXISTS (SELECT 1 FROM channel r WHERE r."tenantId" = $1 AND r.id = $2 AND r.restriction = 'new-chats'
          AND (r."restrictedUntil" IS NULL OR r."restrictedUntil" > clock_timestamp()))
        AND NOT EXISTS (SELECT 1 FROM conversation f JOIN conversation w ON w."tenantId" = $1
            AND w."contactId" = f."contactId" AND w."channelId" = $2 AND w."inboundCount" > 0
          WHERE f."tenantId" = $1 AND f.id = heads."conversationId"))
    ORDER BY "createdAt", id LIMIT $4
  ), claimed AS (
    UPDATE outbox o SET state = 'sending', attempts = o.attempts + 1, "claimedFence" = $3, "claimedAt" = clock_timestamp()
    FROM ready WHERE o."tenantId" = $1 AND o.id = ready.id AND o.state = 'queued'
    RETURNING o.id, o.action, COALESCE(o."messageId", o.id) AS "messageId", o.words, o."conversationId", o.attempts,
      o."createdAt"
  )
  SELECT c.id, c.action, c."messageId", c.words, c."conversationId", c.attempts, m.text, m.kind, m.direction,
    CASE WHEN q."externalId" IS NOT NULL THEN jsonb_build_object('externalId', q."externalId",
      'direction', q.direction, 'kind', q.kind, 'text', left(q.text, 1000)) END AS quote,
    CASE WHEN c.action = 'message' AND m.kind <> 'text' THEN (
      SELECT jsonb_build_object('id', f.id, 'fileName', f."fileName", 'mediaType', f."mediaType", 'bytes', f.bytes,
        'seconds', f.seconds, 'waveform', NULLIF(f.waveform, '{}'), 'width', f.width, 'height', f.height,
        'thumbnail', translate(encode(f.thumbnail, 'base64'), E'\\n', ''), 'storageKey', f."storageKey")
      FROM attachment f WHERE f."tenantId" = $1 AND f."messageId" = m.id LIMIT 1) END AS file,
    m."externalId", v."contactId", p.phone,
    COALESCE((SELECT jsonb_agg(jsonb_build_object('kind', i.kind, 'value', i.value) ORDER BY i."createdAt")
      FROM contact_identity i WHERE i."tenantId" = $1 AND i."contactId" = v."contactId"), '[]') AS identities
  FROM claimed c
  JOIN message m ON m."tenantId" = $1 AND m.id = c."messageId"
  LEFT JOIN message q ON q."tenantId" = $1 AND q.id = m."quotedId"
  JOIN conversation v ON v."tenantId" = $1 AND v.id = c."conversationId"
  JOIN contact p ON p."tenantId" = $1 AND p.id = v."contactId"
  ORDER BY c."createdAt", c.id`

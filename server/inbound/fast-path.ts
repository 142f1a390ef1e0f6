import type { MessageEvent } from '@/server/channels/schema'
import { gather } from '@/server/conversations/announce'
import { audienceOf, previewOf } from '@/server/conversations/rules'
import { createBatches } from '@/server/kernel/batches'
import { asTenantId, queryAs, type TenantId } from '@/server/kernel/database'
import { newId } from '@/server/kernel/ids'
import { threadTime } from './rules'
import type { InboundChannel } from './schema'
import { extrasOf } from './store'

/**
 * The road that nearly every message takes: a known contact writes in a chat that already has its member. Nothing is
 * to be decided, so identity, chat, message, note and journal entry are one statement: one round trip, one commit, and
 * under load one for many chats of a company.
 * It finds no row, and changes nothing, whenever there is something to decide or the channel has another owner. Of two messages of one chat it takes
 * the first. Rows are locked in the order of their ids, so two workers cannot wait for each other.
 */
const SQL = {
  name: 'inbound-to-assigned',
  text: `WITH given AS MATERIALIZED (
      SELECT * FROM unnest($2::int[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::text[],
        $9::text[], $10::timestamptz[], $11::timestamptz[], $12::uuid[], $13::uuid[], $14::bigint[])
        AS g(n, "channelId", kind, value, "externalId", "messageId", text, preview, at, now, "noteId", "journalId", fence)
    ), owner AS MATERIALIZED (
      SELECT l."channelId", l.fence FROM channel_lease l
      WHERE l."tenantId" = $1 AND l."channelId" IN (SELECT "channelId" FROM given WHERE fence IS NOT NULL)
      ORDER BY l."channelId" FOR KEY SHARE
    ), chat AS MATERIALIZED (
      SELECT DISTINCT ON (v.id) v.id, g.n
      FROM given g
      JOIN contact_identity i ON i."tenantId" = $1 AND i.kind = g.kind AND i.value = g.value
      JOIN conversation v ON v."tenantId" = $1 AND v."channelId" = g."channelId" AND v."contactId" = i."contactId"
        AND v."resolvedAt" IS NULL AND v."assigneeId" IS NOT NULL
      WHERE (g.fence IS NULL OR EXISTS (SELECT 1 FROM owner o WHERE o."channelId" = g."channelId" AND o.fence = g.fence))
        AND NOT EXISTS (SELECT 1 FROM message d
        WHERE d."tenantId" = $1 AND d."channelId" = g."channelId" AND d."externalId" = g."externalId")
      ORDER BY v.id, g.n
    ), locked AS MATERIALIZED (
      SELECT v.id FROM conversation v WHERE v."tenantId" = $1 AND v.id IN (SELECT id FROM chat)
      ORDER BY v.id FOR NO KEY UPDATE
    ), moved AS (
      UPDATE conversation v SET "inboundCount" = v."inboundCount" + 1,
        "waitingSince" = COALESCE(v."waitingSince", g.now), "lastMessageAt" = g.now, "lastMessageId" = g."messageId",
        "previewText" = g.preview, "previewKind" = 'text', "previewDirection" = 'in', "previewAuthor" = 'customer',
        "previewStatus" = NULL
      FROM locked l JOIN chat c ON c.id = l.id JOIN given g ON g.n = c.n
      WHERE v."tenantId" = $1 AND v.id = l.id AND v."resolvedAt" IS NULL AND v."assigneeId" IS NOT NULL
      RETURNING g.n, v.id, v."assigneeId", v."teamId"
    ), said AS (
      INSERT INTO message ("tenantId", id, "conversationId", "channelId", "externalId", direction, "authorKind", kind,
        text, at, "createdAt")
      SELECT $1, g."messageId", m.id, g."channelId", g."externalId", 'in', 'customer', 'text', g.text, g.at, g.now
      FROM moved m JOIN given g ON g.n = m.n
    ), told AS (
      INSERT INTO announcement ("tenantId", id, channels, event)
      SELECT $1, g."noteId", ARRAY['private-t_' || $1 || '-sup', 'private-t_' || $1 || '-u_' || m."assigneeId"]
          || CASE WHEN m."teamId" IS NULL THEN '{}'::text[] ELSE ARRAY['private-t_' || $1 || '-q_' || m."teamId"] END,
        jsonb_build_object('conversationId', m.id, 'messageId', g."messageId")
      FROM moved m JOIN given g ON g.n = m.n
    ), done AS (
      DELETE FROM inbound_journal j USING moved m JOIN given g ON g.n = m.n
      WHERE j."tenantId" = $1 AND j.id = g."journalId"
    )
    SELECT n, id, "assigneeId", "teamId" FROM moved`,
}

type Written = {
  channelId: string
  kind: string
  value: string
  externalId: string
  messageId: string
  text: string
  preview: string
  at: Date
  now: Date
  noteId: string
  journalId: string | null
  fence: bigint | null
}

type Taken = { n: number; id: string; assigneeId: string; teamId: string | null }

async function takeTogether(key: string, written: readonly Written[]): Promise<boolean[]> {
  const tenantId = asTenantId(key)
  const column = <Name extends keyof Written>(name: Name) => written.map((one) => one[name])
  const { rows } = await queryAs<Taken>(tenantId, {
    ...SQL,
    values: [
      tenantId,
      written.map((_, index) => index),
      column('channelId'),
      column('kind'),
      column('value'),
      column('externalId'),
      column('messageId'),
      column('text'),
      column('preview'),
      column('at'),
      column('now'),
      column('noteId'),
      column('journalId'),
      written.map(({ fence }) => fence?.toString() ?? null),
    ],
  })
  const taken = written.map(() => false)
  for (const { n, ...chat } of rows) {
    const one = written[n]
    if (!one) continue
    taken[n] = true
    gather(tenantId, {
      id: one.noteId,
      channels: audienceOf(tenantId, chat),
      note: { conversationId: chat.id, messageId: one.messageId },
    })
  }
  return taken
}

/** Two under way: one is being written while the other one's answers are read. More only wait for the same disk. */
const askForOne = createBatches<Written, boolean>({ run: takeTogether, inFlight: 2, size: 32 })

/**
 * @param journalId the entry that this message settles; null when there is none.
 * @returns false when the chat is new, unassigned, resolved, or the message is known: the full road decides.
 */
export async function takeIntoAssignedChat(
  tenantId: TenantId,
  channel: Pick<InboundChannel, 'id' | 'fence'>,
  event: MessageEvent,
  options: { now: Date; journalId: string | null },
): Promise<boolean> {
  const identity = event.sender.identities[0]
  if (event.from !== 'customer' || event.content.kind !== 'text' || !identity) return false
  if (event.quote || extrasOf(event.content)) return false
  const { now, journalId } = options
  const { text } = event.content
  return askForOne(tenantId, {
    channelId: channel.id,
    fence: channel.fence ?? null,
    kind: identity.kind,
    value: identity.value,
    externalId: event.externalId,
    messageId: newId(now.getTime()),
    text,
    preview: previewOf(text),
    at: threadTime(new Date(event.at), now),
    now,
    noteId: newId(),
    journalId,
  })
}

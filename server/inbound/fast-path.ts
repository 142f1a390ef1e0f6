import type { MessageEvent } from '@/server/channels/schema'
import { gather } from '@/server/conversations/announce'
import { audienceOf, previewOf } from '@/server/conversations/rules'
import { queryAs, type TenantId } from '@/server/kernel/database'
import { newId } from '@/server/kernel/ids'
import { threadTime } from './rules'

/**
 * The road that nearly every message takes: a known contact writes in a chat that already has its member. Nothing is
 * to be decided, so identity, chat, message, note and journal entry are one statement: one round trip, one commit.
 * It finds no row, and changes nothing, whenever there is something to decide.
 */
const SQL = {
  name: 'inbound-to-assigned',
  text: `WITH chat AS (
      UPDATE conversation v SET "inboundCount" = v."inboundCount" + 1,
        "waitingSince" = COALESCE(v."waitingSince", $7), "lastMessageAt" = $7, "lastMessageId" = $4,
        "previewText" = $8, "previewKind" = 'text', "previewDirection" = 'in', "previewAuthor" = 'customer',
        "previewStatus" = NULL
      WHERE v."tenantId" = $1 AND v."channelId" = $2 AND v."resolvedAt" IS NULL AND v."assigneeId" IS NOT NULL
        AND v."contactId" = (SELECT i."contactId" FROM contact_identity i
          WHERE i."tenantId" = $1 AND i.kind = $9 AND i.value = $10)
        AND NOT EXISTS (SELECT 1 FROM message d
          WHERE d."tenantId" = $1 AND d."channelId" = $2 AND d."externalId" = $3)
      RETURNING v.id, v."assigneeId", v."teamId"
    ), said AS (
      INSERT INTO message ("tenantId", id, "conversationId", "channelId", "externalId", direction, "authorKind", kind,
        text, at, "createdAt")
      SELECT $1, $4, chat.id, $2, $3, 'in', 'customer', 'text', $5, $6, $7 FROM chat
    ), told AS (
      INSERT INTO announcement ("tenantId", id, channels, event)
      SELECT $1, $11, ARRAY['private-t_' || $1 || '-sup', 'private-t_' || $1 || '-u_' || chat."assigneeId"]
          || CASE WHEN chat."teamId" IS NULL THEN '{}'::text[] ELSE ARRAY['private-t_' || $1 || '-q_' || chat."teamId"] END,
        jsonb_build_object('conversationId', chat.id, 'messageId', $4::uuid) FROM chat
    ), done AS (
      DELETE FROM inbound_journal j USING chat WHERE j."tenantId" = $1 AND j.id = $12
    )
    SELECT id, "assigneeId", "teamId" FROM chat`,
}

/**
 * @param journalId the entry that this message settles; null when there is none.
 * @returns false when the chat is new, unassigned, resolved, or the message is known: the full road decides.
 */
export async function takeIntoAssignedChat(
  tenantId: TenantId,
  channelId: string,
  event: MessageEvent,
  options: { now: Date; journalId: string | null },
): Promise<boolean> {
  const identity = event.sender.identities[0]
  if (event.from !== 'customer' || event.content.kind !== 'text' || !identity) return false
  const { now } = options
  const at = threadTime(new Date(event.at), now)
  const messageId = newId(now.getTime())
  const noteId = newId()
  const { rows } = await queryAs<{ id: string; assigneeId: string; teamId: string | null }>(tenantId, {
    ...SQL,
    values: [
      tenantId,
      channelId,
      event.externalId,
      messageId,
      event.content.text,
      at,
      now,
      previewOf(event.content.text),
      identity.kind,
      identity.value,
      noteId,
      options.journalId,
    ],
  })
  const chat = rows[0]
  if (!chat) return false
  gather(tenantId, {
    id: noteId,
    channels: audienceOf(tenantId, chat),
    note: { conversationId: chat.id, messageId },
  })
  return true
}

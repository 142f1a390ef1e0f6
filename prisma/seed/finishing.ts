import pg from 'pg'
import { queryAs } from '@/server/kernel/database'
import { env } from '@/server/kernel/env'
import { newId } from '@/server/kernel/ids'
import type { Company } from './story'

/**
 * What a month of a running product would have done beside the commands: the phone's ticks under the menu's messages,
 * what was waiting to be sent or told, what people have read, and the channel's own history.
 */
export async function finishCompany(company: Company, options: { began: Date; now: Date }): Promise<void> {
  await turnTicksOfMenu(company)
  await forgetWhatWaits(company)
  await markAsRead(company, options.now)
  await describeChannel(company, options.began)
}

/**
 * A receipt of the menu's message ends no wait and counts nowhere, so all of them may come in one statement. The menu
 * answers in the millisecond of the question; a moment later is how the phone shows it, and keeps the two in order.
 */
async function turnTicksOfMenu({ tenantId }: Company): Promise<void> {
  await queryAs(
    tenantId,
    `UPDATE message SET status = 'read', at = at + interval '0.8 seconds', "createdAt" = "createdAt" + interval '0.8 seconds',
       "sentAt" = "createdAt" + interval '1 second', "deliveredAt" = "createdAt" + interval '1 second',
       "readAt" = "createdAt" + interval '2 seconds'
     WHERE "tenantId" = $1 AND direction = 'out' AND "authorKind" = 'bot' AND status = 'queued'`,
    [tenantId],
  )
  await queryAs(
    tenantId,
    `UPDATE conversation v SET "previewStatus" = m.status FROM message m
     WHERE v."tenantId" = $1 AND v."previewStatus" = 'queued' AND m."tenantId" = $1 AND m.id = v."lastMessageId"`,
    [tenantId],
  )
}

/** Nothing of the past may be sent or told when the worker starts. */
async function forgetWhatWaits({ tenantId }: Company): Promise<void> {
  await queryAs(tenantId, 'DELETE FROM outbox WHERE "tenantId" = $1', [tenantId])
  await queryAs(tenantId, 'DELETE FROM announcement WHERE "tenantId" = $1', [tenantId])
  const owner = new pg.Client({ connectionString: env('databaseOwnerUrl') })
  await owner.connect()
  try {
    await owner.query('SELECT graphile_worker.remove_job($1)', [`offer:${tenantId}`])
  } finally {
    await owner.end()
  }
}

/** Unread is only what customers wait for an answer to. */
async function markAsRead({ tenantId }: Company, now: Date): Promise<void> {
  await queryAs(
    tenantId,
    `INSERT INTO conversation_read ("tenantId", "memberId", "conversationId", "inboundCount", "readAt")
     SELECT $1, m.id, v.id, seen.messages, $2
     FROM conversation v CROSS JOIN membership m CROSS JOIN LATERAL (
       SELECT count(*)::int AS messages FROM message s
       WHERE s."tenantId" = $1 AND s."conversationId" = v.id AND s.direction = 'in'
         AND (v."resolvedAt" IS NOT NULL OR v."waitingSince" IS NULL OR s."createdAt" < v."waitingSince")
     ) seen
     WHERE v."tenantId" = $1 AND m."tenantId" = $1 AND seen.messages > 0`,
    [tenantId, now],
  )
}

async function describeChannel({ tenantId, channel }: Company, began: Date): Promise<void> {
  await queryAs(
    tenantId,
    `UPDATE channel SET
       "lastInAt" = (SELECT max("createdAt") FROM message m
         WHERE m."tenantId" = $1 AND m."channelId" = $2 AND m.direction = 'in'),
       "lastOutAt" = (SELECT max("sentAt") FROM message m
         WHERE m."tenantId" = $1 AND m."channelId" = $2 AND m.direction = 'out')
     WHERE "tenantId" = $1 AND id = $2`,
    [tenantId, channel.id],
  )
  await queryAs(
    tenantId,
    `INSERT INTO channel_state_change ("tenantId", id, "channelId", state, at) VALUES ($1, $2, $3, 'connected', $4)`,
    [tenantId, newId(began.getTime()), channel.id, began],
  )
}

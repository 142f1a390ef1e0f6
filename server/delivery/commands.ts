import { holdLease, IS_OWNED, OWNED } from '@/server/channels/lease'
import type { SendResult } from '@/server/channels/schema'
import { advanceMessage } from '@/server/conversations/receipts'
import { now } from '@/server/kernel/clock'
import { type AfterCommit, inTransaction, systemContext } from '@/server/kernel/context'
import { queryAs, type TenantId } from '@/server/kernel/database'
import { log } from '@/server/kernel/log'
import { CLAIM_SQL, type Claimed } from '@/server/outbox/commands'
import { hand, type Speaker } from './outgoing'
import { nextAttempt } from './rules'

export type DeliveryChannel = { tenantId: TenantId; id: string; fence: bigint }

/** Conversations of one channel that are on the wire at once; each of them has one message in flight. */
const CLAIMED_AT_ONCE = 20

/**
 * Attempts whose end nobody saw, of an owner that is gone or of our own when the database was away: sent again under the
 * same id. Only for channels whose receiver drops a repeated id (manifest.unknownOutcome), and only while nothing of the
 * channel is on the wire.
 */
export async function reclaimLost(channel: DeliveryChannel): Promise<number> {
  const { rowCount } = await queryAs(
    channel.tenantId,
    `WITH ${OWNED} UPDATE outbox SET state = 'queued', "notBefore" = NULL
     WHERE "tenantId" = $1 AND "channelId" = $2 AND state = 'sending' AND "claimedFence" <= $3 AND ${IS_OWNED}`,
    [channel.tenantId, channel.id, channel.fence.toString()],
  )
  return rowCount ?? 0
}

/** Takes the next message of every chat that has nothing in flight. */
export async function claimOutgoing(channel: DeliveryChannel): Promise<Claimed[]> {
  const { rows } = await queryAs<Claimed>(channel.tenantId, {
    name: 'outbox-claim',
    text: CLAIM_SQL,
    values: [channel.tenantId, channel.id, channel.fence.toString(), CLAIMED_AT_ONCE],
  })
  return rows
}

/**
 * Sends one claimed message and records what became of it. The result of a send is never guessed: when it cannot be
 * recorded the row stays `sending`, and `reclaimLost` follows.
 * @throws LeaseLost when another worker owns the channel now: it sends again under the same id.
 */
export async function deliver(
  channel: DeliveryChannel,
  claimed: Claimed,
  session: Speaker,
  afterCommit: (news: AfterCommit) => void,
): Promise<SendResult> {
  const result = await hand(claimed, session)
  if (result.ok) await recordSent(channel, claimed, afterCommit)
  else await recordFailure(channel, claimed, result, afterCommit)
  return result
}

async function recordSent(
  channel: DeliveryChannel,
  claimed: Claimed,
  afterCommit: (news: AfterCommit) => void,
): Promise<void> {
  const ctx = systemContext(channel.tenantId, { kind: 'system', name: 'delivery' }, now(), afterCommit)
  await inTransaction(ctx, async (tx) => {
    await holdLease(tx, channel.id, channel.fence)
    await tx.db.outbox.deleteMany({ where: { tenantId: tx.tenantId, id: claimed.id } })
    if (claimed.action !== 'message') return
    await advanceMessage(tx, { messageId: claimed.id }, { status: 'sent', at: tx.now })
  })
}

async function recordFailure(
  channel: DeliveryChannel,
  claimed: Claimed,
  failure: Extract<SendResult, { ok: false }>,
  afterCommit: (news: AfterCommit) => void,
): Promise<void> {
  const next = nextAttempt(failure, claimed.attempts)
  const ctx = systemContext(channel.tenantId, { kind: 'system', name: 'delivery' }, now(), afterCommit)
  if (next.do === 'give-up') {
    log.warn({ channelId: channel.id, messageId: claimed.id, code: next.code }, 'message not sent')
    await inTransaction(ctx, async (tx) => {
      await holdLease(tx, channel.id, channel.fence)
      await tx.db.outbox.deleteMany({ where: { tenantId: tx.tenantId, id: claimed.id } })
      if (claimed.action !== 'message') return
      await advanceMessage(
        tx,
        { messageId: claimed.id },
        { status: 'failed', at: tx.now, failureCode: next.code, failureFinal: next.final },
      )
    })
    return
  }
  await queryAs(
    channel.tenantId,
    `WITH ${OWNED} UPDATE outbox SET state = 'queued',
       "notBefore" = clock_timestamp() + make_interval(secs => $5),
       attempts = CASE WHEN $6 THEN attempts - 1 ELSE attempts END
     WHERE "tenantId" = $1 AND id = $4 AND ${IS_OWNED}`,
    [
      channel.tenantId,
      channel.id,
      channel.fence.toString(),
      claimed.id,
      next.afterMs / 1000,
      failure.failure === 'offline',
    ],
  )
}

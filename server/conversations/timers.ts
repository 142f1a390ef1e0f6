import { recordEvents } from '@/server/facts/commands'
import { inTransaction, systemContext, type TenantContext } from '@/server/kernel/context'
import { asTenantId, systemPool } from '@/server/kernel/database'
import { announceConversation } from './announce'
import { lockConversation } from './locked'
import { updateConversation } from './messages'
import { audienceOf } from './rules'

const SWEPT_AT_ONCE = 200

/**
 * Chats whose time has come, over all companies: today those that fell silent in the menu. Called by the worker every
 * five seconds; never a job per message.
 * @returns how many chats were touched.
 */
export async function sweepTimers(now: Date, afterCommit: TenantContext['afterCommit']): Promise<number> {
  const { rows } = await systemPool().query<{ tenantId: string; id: string }>(
    `SELECT "tenantId", id FROM conversation WHERE "nextTimerAt" <= $1 ORDER BY "nextTimerAt" LIMIT ${SWEPT_AT_ONCE}`,
    [now],
  )
  for (const { tenantId, id } of rows) {
    const ctx = systemContext(asTenantId(tenantId), { kind: 'system', name: 'timers' }, now, afterCommit)
    await markAbandoned(ctx, id)
  }
  return rows.length
}

async function markAbandoned(ctx: TenantContext, conversationId: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const conversation = await lockConversation(tx, conversationId)
    const inMenu = conversation.state === 'open' && !conversation.lineSince && !conversation.botStopped
    await updateConversation(tx, conversation.id, {
      nextTimerAt: null,
      ...(inMenu ? { abandonedAt: tx.now } : {}),
    })
    if (!inMenu) return
    await announceConversation(tx, { conversationId }, audienceOf(tx.tenantId, conversation))
    await recordEvents(tx, [
      {
        type: 'abandoned',
        conversationId,
        channelId: conversation.channelId,
        at: tx.now,
        actorKind: 'system',
        optionId: conversation.optionId,
      },
    ])
  })
}

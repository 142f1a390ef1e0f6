import type { TouchEvent } from '@/server/channels/schema'
import { announceConversation } from '@/server/conversations/announce'
import { lockConversation } from '@/server/conversations/locked'
import { audienceOf } from '@/server/conversations/rules'
import { changeText, markDeleted, setReaction } from '@/server/conversations/touched'
import type { Transaction } from '@/server/kernel/context'
import { log } from '@/server/kernel/log'
import type { InboundChannel } from './schema'

/**
 * A reaction, edit or deletion. None of them moves a wait, a state or a report. An edit or deletion counts only from
 * the side that wrote the message, in its own chat; anything else is a forgery: ignored, and counted.
 */
export async function takeTouch(tx: Transaction, channel: InboundChannel, event: TouchEvent): Promise<void> {
  const target = await findTarget(tx, channel, event)
  if (!target) return ignore(tx, channel, event)
  const conversation = await lockConversation(tx, target.conversationId)
  const kind = event.from === 'phone' ? 'phone' : 'customer'
  if (event.type === 'reaction') {
    await setReaction(tx, target.id, { kind, id: '' }, event.emoji)
  } else if (event.type === 'edit') {
    await changeText(tx, target.id, event.text)
  } else {
    await markDeleted(tx, target.id)
  }
  await announceConversation(
    tx,
    { conversationId: conversation.id, messageId: target.id },
    audienceOf(tx.tenantId, conversation),
  )
}

async function findTarget(tx: Transaction, channel: InboundChannel, event: TouchEvent) {
  const own = event.from === 'phone' ? 'out' : 'in'
  return tx.db.message.findFirst({
    where: {
      tenantId: tx.tenantId,
      channelId: channel.id,
      externalId: event.target,
      direction: event.type === 'reaction' ? { in: ['in', 'out'] } : own,
      conversation: {
        contact: {
          identities: { some: { OR: event.sender.identities.map(({ kind, value }) => ({ kind, value })) } },
        },
      },
    },
    select: { id: true, conversationId: true },
  })
}

async function ignore(tx: Transaction, channel: InboundChannel, event: TouchEvent): Promise<void> {
  log.warn(
    { channelId: channel.id, type: event.type },
    'a change of a message that is not the sender’s, ignored',
  )
  await tx.db.channel.update({
    where: { tenantId_id: { tenantId: tx.tenantId, id: channel.id } },
    data: { ignoredEvents: { increment: 1 } },
    select: { id: true },
  })
}

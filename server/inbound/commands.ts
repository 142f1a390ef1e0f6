import { holdLease } from '@/server/channels/lease'
import { type MessageEvent, type ReceiptEvent, wordsOf } from '@/server/channels/schema'
import { identifyContact, type KnownContact } from '@/server/contacts/commands'
import { announceConversation } from '@/server/conversations/announce'
import { actorOf, giveTo, putInLine, takePlace } from '@/server/conversations/assignment'
import { offerLine } from '@/server/conversations/commands'
import { type LockedConversation, lockLastResolved, lockUnresolved } from '@/server/conversations/locked'
import { updateConversation } from '@/server/conversations/messages'
import { advanceMessage } from '@/server/conversations/receipts'
import { audienceOf } from '@/server/conversations/rules'
import { recordEvents } from '@/server/facts/commands'
import type { NewEvent } from '@/server/facts/schema'
import { inTransaction, type TenantContext, type Transaction } from '@/server/kernel/context'
import { newId } from '@/server/kernel/ids'
import { takeIntoAssignedChat } from './fast-path'
import { answerByMenu } from './menu-step'
import { AUTO_REPLY_MS, COURTESY_MINUTES, isCourtesy, isLate } from './rules'
import type { Arrival, InboundChannel } from './schema'
import { storeInbound } from './store'
import { takeTouch } from './touch'

/**
 * Takes one event of a channel: once for ever, whatever the provider repeats.
 * The caller keeps the order of one sender's events.
 */
export async function takeEvent(
  ctx: TenantContext,
  channel: InboundChannel,
  arrival: Arrival,
): Promise<true> {
  const { event } = arrival
  switch (event.type) {
    case 'message':
      await takeMessage(ctx, channel, event, arrival)
      return true
    case 'receipt':
      await takeReceipt(ctx, channel, event, arrival)
      return true
    case 'reaction':
    case 'edit':
    case 'deletion':
      await inTransaction(ctx, async (tx) => {
        await settle(tx, channel, arrival)
        await takeTouch(tx, channel, event)
      })
      return true
    default:
      return event satisfies never
  }
}

async function takeReceipt(
  ctx: TenantContext,
  channel: InboundChannel,
  event: ReceiptEvent,
  arrival: Arrival,
) {
  await inTransaction(ctx, async (tx) => {
    await settle(tx, channel, arrival)
    await advanceMessage(
      tx,
      { channelId: channel.id, externalId: event.externalId },
      {
        status: event.status,
        at: tx.now,
        failureCode: event.failureCode,
        // What a provider refused it refuses again; a person decides whether to try.
        failureFinal: event.status === 'failed',
      },
    )
  })
}

async function takeMessage(
  ctx: TenantContext,
  channel: InboundChannel,
  event: MessageEvent,
  arrival: Arrival,
) {
  if (
    await takeIntoAssignedChat(ctx.tenantId, channel, event, {
      now: ctx.now,
      journalId: arrival.journalId,
    })
  )
    return
  await inTransaction(ctx, async (tx) => {
    await settle(tx, channel, arrival)
    const contact = await identifyContact(tx, event.sender)
    if (await isKnown(tx, channel.id, event.externalId)) return
    if (event.from === 'phone') return takePhoneMessage(tx, channel, event, contact)
    return takeCustomerMessage(tx, channel, event, contact, arrival.receivedAt)
  })
}

async function settle(tx: Transaction, channel: InboundChannel, arrival: Arrival): Promise<void> {
  if (channel.fence !== undefined) await holdLease(tx, channel.id, channel.fence)
  if (arrival.journalId) {
    await tx.db.inboundJournal.deleteMany({ where: { tenantId: tx.tenantId, id: arrival.journalId } })
  }
}

async function isKnown(tx: Transaction, channelId: string, externalId: string): Promise<boolean> {
  const known = await tx.db.message.findUnique({
    where: { tenantId_channelId_externalId: { tenantId: tx.tenantId, channelId, externalId } },
    select: { id: true },
  })
  return known !== null
}

async function takeCustomerMessage(
  tx: Transaction,
  channel: InboundChannel,
  event: MessageEvent,
  contact: KnownContact,
  receivedAt: Date,
): Promise<void> {
  const events: NewEvent[] = []
  const open = await lockUnresolved(tx, channel.id, contact.id)
  const last = open ? null : await lockLastResolved(tx, channel.id, contact.id)
  if (!open && last && isWithinCourtesy(last, channel, tx.now)) {
    if (event.content.kind === 'sticker' || isCourtesy(wordsOf(event.content)))
      return keepAside(tx, last, event)
  }
  // A call is no message: it is shown, and nobody waits for an answer to it.
  if (event.content.kind === 'call') {
    const shownIn = open ?? last ?? (await openConversation(tx, channel, contact, null, events))
    await keepAside(tx, shownIn, event)
    return recordEvents(tx, events)
  }
  const found = open ?? (await openConversation(tx, channel, contact, last, events))
  const before = audienceOf(tx.tenantId, found)
  if (!contact.firstInboundAt) {
    await tx.db.contact.update({
      where: { tenantId_id: { tenantId: tx.tenantId, id: contact.id } },
      data: { firstInboundAt: tx.now },
      select: { id: true },
    })
    events.push({
      type: 'new-contact',
      conversationId: found.id,
      channelId: channel.id,
      at: tx.now,
      ...actorOf(tx),
    })
  }
  const messageId = await storeInbound(tx, found, event, { author: 'customer' })
  let conversation: LockedConversation = {
    ...found,
    waitingSince: found.waitingSince ?? tx.now,
    inboundCount: found.inboundCount + 1,
    abandonedAt: null,
  }
  if (!conversation.assigneeId && !conversation.lineSince) {
    const moved = await decideWhoAnswers(tx, channel, conversation, event, {
      receivedAt,
      last: open ? null : last,
    })
    conversation = moved.conversation
    events.push(...moved.events)
  }
  await announceConversation(tx, { conversationId: conversation.id, messageId }, [
    ...before,
    ...audienceOf(tx.tenantId, conversation),
  ])
  await recordEvents(tx, events)
}

function isWithinCourtesy(last: LockedConversation, channel: InboundChannel, now: Date): boolean {
  const minutes = channel.courtesyMinutes ?? COURTESY_MINUTES
  return last.resolvedAt !== null && now.getTime() - last.resolvedAt.getTime() < minutes * 60_000
}

/** "Gracias" after the goodbye, or a call: kept in the chat, opens nothing, counts nowhere. */
async function keepAside(tx: Transaction, chat: LockedConversation, event: MessageEvent): Promise<void> {
  // Thanks are something unread; a call is not. The wait of a resolved chat is closed history.
  const isCall = event.content.kind === 'call'
  const messageId = await storeInbound(tx, chat, event, { author: 'customer', waits: !isCall })
  if (!isCall) await updateConversation(tx, chat.id, { waitingSince: chat.waitingSince })
  await announceConversation(tx, { conversationId: chat.id, messageId }, audienceOf(tx.tenantId, chat))
}

async function openConversation(
  tx: Transaction,
  channel: InboundChannel,
  contact: KnownContact,
  last: LockedConversation | null,
  events: NewEvent[],
  openedBy: 'customer' | 'member' = 'customer',
): Promise<LockedConversation> {
  const id = newId(tx.now.getTime())
  await tx.db.conversation.create({
    data: {
      tenantId: tx.tenantId,
      id,
      channelId: channel.id,
      contactId: contact.id,
      openedAt: tx.now,
      openedBy,
      previousId: last?.id ?? null,
      lastMessageAt: tx.now,
    },
    select: { id: true },
  })
  const conversation = await lockUnresolved(tx, channel.id, contact.id)
  if (!conversation) throw new Error('a chat that was just opened is there')
  events.push({
    type: 'opened',
    conversationId: id,
    channelId: channel.id,
    at: tx.now,
    ...actorOf(tx),
    reason: openedBy,
  })
  return conversation
}

/** Late: the line. Just resolved: the same member again. Answered on the phone: the line. Else the menu, or the line. */
async function decideWhoAnswers(
  tx: Transaction,
  channel: InboundChannel,
  conversation: LockedConversation,
  event: MessageEvent,
  { receivedAt, last }: { receivedAt: Date; last: LockedConversation | null },
) {
  if (last?.assigneeId && isWithinCourtesy(last, channel, tx.now)) {
    await takePlace(tx, last.assigneeId)
    return giveTo(
      tx,
      conversation,
      { memberId: last.assigneeId, teamId: last.teamId },
      { reason: 'just-resolved' },
    )
  }
  const team = conversation.teamId ?? channel.defaultTeamId
  const skipsMenu = isLate(new Date(event.at), tx.now)
    ? 'came-late'
    : conversation.botStopped
      ? 'bot-stopped'
      : null
  if (skipsMenu) {
    await offerLine(tx)
    return putInLine(tx, conversation, team, { reason: skipsMenu })
  }
  return answerByMenu(tx, channel, conversation, { text: wordsOf(event.content), receivedAt })
}

/** Typed on the company's phone: it answers, it stops the bot, and an open chat leaves the line. */
async function takePhoneMessage(
  tx: Transaction,
  channel: InboundChannel,
  event: MessageEvent,
  contact: KnownContact,
): Promise<void> {
  const events: NewEvent[] = []
  const open = await lockUnresolved(tx, channel.id, contact.id)
  const conversation =
    open ??
    (await openConversation(
      tx,
      channel,
      contact,
      await lockLastResolved(tx, channel.id, contact.id),
      events,
      'member',
    ))
  const messageId = await storeInbound(tx, conversation, event, { author: 'phone' })
  // Under three seconds is the phone's own auto-reply: it answers nobody.
  const automatic =
    conversation.waitingSince !== null &&
    tx.now.getTime() - conversation.waitingSince.getTime() < AUTO_REPLY_MS
  if (!automatic) {
    await updateConversation(tx, conversation.id, {
      waitingSince: null,
      firstAnsweredAt: conversation.firstAnsweredAt ?? tx.now,
      ...(conversation.assigneeId ? {} : { phoneAnsweredAt: tx.now, botStopped: true, lineSince: null }),
    })
    events.push({
      type: 'answered-on-phone',
      conversationId: conversation.id,
      channelId: channel.id,
      at: tx.now,
      actorKind: 'phone',
      messageId,
      ...(conversation.waitingSince ? { span: { from: conversation.waitingSince, to: tx.now } } : {}),
    })
  }
  await announceConversation(
    tx,
    { conversationId: conversation.id, messageId },
    audienceOf(tx.tenantId, conversation),
  )
  await recordEvents(tx, events)
}

import {
  assignConversation,
  resolveConversation,
  sendMessage,
  undoResolution,
} from '@/server/conversations/commands'
import { advanceMessage } from '@/server/conversations/receipts'
import type { MemberActor } from '@/server/conversations/rules'
import { sweepTimers } from '@/server/conversations/timers'
import { takeEvent } from '@/server/inbound/commands'
import { type Actor, inTransaction, systemContext, type TenantContext } from '@/server/kernel/context'
import { newId } from '@/server/kernel/ids'
import { setAvailability } from '@/server/members/commands'
import { offerWaitingLine, transferConversation } from '@/server/routing/commands'
import type { Act, Chat, Company, Cue } from './story'
import type { Step } from './timeline'

/**
 * The story is played by the product's own commands, each with a context whose `now` is the story's. So events, loads
 * and rollups are what a real month would have left, and nothing here needs to know how they are counted.
 */
export function stepOf(company: Company, cue: Cue): Step {
  if (cue.chat) {
    const { at, chat, act } = cue
    return { at, key: chat.persona.id, order: orderOf(act), run: () => perform(company, chat, act, at) }
  }
  const { at, act } = cue
  // The offer skips chats that somebody is just writing in, and the sweep takes whatever is due.
  return { at, key: null, order: 'all', run: () => performForCompany(company, act, at) }
}

function orderOf(act: Act): Step['order'] {
  switch (act.do) {
    case 'say':
      return act.routes ? 'routing' : 'free'
    case 'take':
    case 'pass':
    case 'resolve':
    case 'undo-resolution':
      return 'routing'
    case 'answer':
    case 'note':
    case 'answer-on-phone':
      return 'free'
    default:
      return act satisfies never
  }
}

/** Nobody listens yet: what is to be told is dropped, and its notes are removed at the end. */
const contextOf = (company: Company, actor: Actor, at: number): TenantContext =>
  systemContext(company.tenantId, actor, new Date(at), () => undefined)

async function perform(company: Company, chat: Chat, act: Act, at: number): Promise<void> {
  switch (act.do) {
    case 'say':
      return takeMessage(company, chat, { from: 'customer', text: act.text, at })
    case 'answer-on-phone':
      return takeMessage(company, chat, { from: 'phone', text: act.text, at })
    case 'answer':
      return answerAs(await actorOf(company, chat, act.by), company, chat, act, at)
    case 'note': {
      const member = await actorOf(company, chat, act.by)
      await sendMessage(contextOf(company, member, at), {
        conversationId: idOf(chat),
        messageId: newId(at),
        text: act.text,
        note: true,
      })
      return
    }
    case 'take': {
      const member = await actorOf(company, chat, act.by)
      await assignConversation(contextOf(company, member, at), {
        conversationId: idOf(chat),
        memberId: member.memberId,
      })
      return
    }
    case 'pass':
      return passOn(await actorOf(company, chat, act.by), company, chat, act, at)
    case 'resolve':
      return resolveConversation(contextOf(company, await actorOf(company, chat, act.by), at), {
        conversationId: idOf(chat),
        evenIfWaiting: true,
      })
    case 'undo-resolution':
      return undoResolution(contextOf(company, await actorOf(company, chat), at), {
        conversationId: idOf(chat),
      })
    default:
      return act satisfies never
  }
}

async function takeMessage(
  company: Company,
  chat: Chat,
  said: { from: 'customer' | 'phone'; text: string; at: number },
): Promise<void> {
  const { persona } = chat
  const ctx = contextOf(company, { kind: said.from }, said.at)
  const externalId = newId(said.at)
  await takeEvent(ctx, company.channel, {
    event: {
      type: 'message',
      externalId,
      from: said.from,
      sender: {
        identities: [{ kind: 'simulator', value: persona.id }],
        phone: persona.phone,
        name: persona.name,
      },
      content: { kind: 'text', text: said.text },
      quote: null,
      at: ctx.now.toISOString(),
    },
    receivedAt: ctx.now,
    journalId: null,
  })
  if (chat.conversationId) return
  const { tenantId } = company
  const stored = await ctx.db.message.findUniqueOrThrow({
    where: { tenantId_channelId_externalId: { tenantId, channelId: company.channel.id, externalId } },
    select: { conversationId: true },
  })
  chat.conversationId = stored.conversationId
}

/** The provider takes a moment to accept; the other ticks follow and count nowhere. */
const ACCEPTED_AFTER_MS = 1_600

async function answerAs(
  member: MemberActor,
  company: Company,
  chat: Chat,
  { text, outcome }: Extract<Act, { do: 'answer' }>,
  at: number,
): Promise<void> {
  const messageId = newId(at)
  await sendMessage(contextOf(company, member, at), {
    conversationId: idOf(chat),
    messageId,
    text: text.replaceAll('{asesor}', () => firstNameOf(member)),
    note: false,
  })
  const delivery = contextOf(company, { kind: 'system', name: 'delivery' }, at + ACCEPTED_AFTER_MS)
  await inTransaction(delivery, async (tx) => {
    await advanceMessage(
      tx,
      { messageId },
      {
        status: outcome,
        at: tx.now,
        // As the delivery says it when the tries are used up: not final, so that a person may send again.
        ...(outcome === 'failed' ? { failureCode: 'no-answer', failureFinal: false } : {}),
      },
    )
  })
}

async function passOn(
  member: MemberActor,
  company: Company,
  chat: Chat,
  { to }: Extract<Act, { do: 'pass' }>,
  at: number,
): Promise<void> {
  await transferConversation(contextOf(company, member, at), {
    conversationId: idOf(chat),
    to:
      'team' in to
        ? { kind: 'team', teamId: teamOf(company, to.team) }
        : { kind: 'member', memberId: memberOf(company, to.member).memberId },
  })
}

async function performForCompany(
  company: Company,
  act: Extract<Cue, { chat: null }>['act'],
  at: number,
): Promise<void> {
  if (act.do === 'sweep') {
    await sweepTimers(new Date(at), () => undefined)
    return
  }
  const ctx = contextOf(company, memberOf(company, act.by), at)
  if (act.do === 'leave') {
    await setAvailability(ctx, { availability: 'away', awayReason: act.reason })
    return
  }
  await setAvailability(ctx, { availability: 'available' })
  // The job that this enqueues runs in the worker; in the story it runs now.
  await offerWaitingLine(contextOf(company, { kind: 'system', name: 'routing' }, at))
}

function idOf(chat: Chat): string {
  if (!chat.conversationId) throw new Error(`${chat.persona.id} has not written yet`)
  return chat.conversationId
}

/** The one who is named, else the one who has the chat. */
async function actorOf(company: Company, chat: Chat, name?: string): Promise<MemberActor> {
  if (name) return memberOf(company, name)
  const { tenantId } = company
  const ctx = contextOf(company, { kind: 'system', name: 'seed' }, 0)
  const { assigneeId } = await ctx.db.conversation.findUniqueOrThrow({
    where: { tenantId_id: { tenantId, id: idOf(chat) } },
    select: { assigneeId: true },
  })
  const member = [...company.members.values()].find(({ memberId }) => memberId === assigneeId)
  if (!member) throw new Error(`nobody has the chat of ${chat.persona.id}`)
  return member
}

function memberOf(company: Company, name: string): MemberActor {
  const member = company.members.get(name)
  if (!member) throw new Error(`the company has no ${name}`)
  return member
}

function teamOf(company: Company, name: string): string {
  const teamId = company.teams.get(name)
  if (!teamId) throw new Error(`the company has no team ${name}`)
  return teamId
}

const firstNameOf = (member: MemberActor) => member.name.split(' ')[0] ?? member.name

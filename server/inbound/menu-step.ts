import { channelKind } from '@/server/channels/registry'
import { putInLine } from '@/server/conversations/assignment'
import { offerLine } from '@/server/conversations/commands'
import type { LockedConversation } from '@/server/conversations/locked'
import { storeOutgoing, updateConversation } from '@/server/conversations/messages'
import type { NewEvent } from '@/server/facts/schema'
import type { Transaction } from '@/server/kernel/context'
import { newId } from '@/server/kernel/ids'
import { decideNextStep, renderHandOver, renderMiss, renderScreen } from '@/server/menu/rules'
import { type MenuDefinition, type MenuState, menuDefinitionSchema, type Step } from '@/server/menu/schema'
import { routeToTeam } from '@/server/routing/commands'
import { isNoAnswer } from './rules'
import type { InboundChannel } from './schema'

type Moved = { conversation: LockedConversation; events: NewEvent[] }

/** Silence in the menu for this long is "abandoned"; a company may set another time. */
const ABANDONED_MINUTES = 30

/** The bot's turn: decide (pure), then do. A channel without a published menu goes straight to people. */
export async function answerByMenu(
  tx: Transaction,
  channel: InboundChannel,
  conversation: LockedConversation,
  said: { text: string; receivedAt: Date },
): Promise<Moved> {
  const menu = await menuOf(tx, channel, conversation.id)
  if (!menu) return routeToTeam(tx, conversation, channel.defaultTeamId, { reason: 'no-menu' })
  const step = decideNextStep(menu.definition, menu.state, said.text)
  if (isNoAnswer(step, menu.state, said.receivedAt, menu.askedAt)) return { conversation, events: [] }
  return step.do === 'ask'
    ? ask(tx, channel, conversation, menu, step)
    : handOver(tx, channel, conversation, menu, step)
}

type ChatMenu = { versionId: string; definition: MenuDefinition; state: MenuState; askedAt: Date | null }

/** A chat stays with the version that greeted it, whatever is published meanwhile. */
async function menuOf(
  tx: Transaction,
  channel: InboundChannel,
  conversationId: string,
): Promise<ChatMenu | null> {
  const rows = await tx.db.$queryRaw<
    {
      versionId: string
      definition: unknown
      screenId: string | null
      misses: number | null
      updatedAt: Date | null
    }[]
  >`
    SELECT v.id AS "versionId", v.definition, p."screenId", p.misses, p."updatedAt"
    FROM (SELECT 1) one
    LEFT JOIN menu_position p ON p."tenantId" = ${tx.tenantId}::uuid AND p."conversationId" = ${conversationId}::uuid
    JOIN menu_version v ON v."tenantId" = ${tx.tenantId}::uuid AND v.id = COALESCE(p."menuVersionId",
      (SELECT m."publishedId" FROM menu m WHERE m."tenantId" = ${tx.tenantId}::uuid AND m.id = ${channel.menuId}::uuid))`
  const row = rows[0]
  if (!row) return null
  const state: MenuState = row.screenId
    ? { at: 'screen', screenId: row.screenId, misses: row.misses ?? 0 }
    : { at: 'start' }
  return {
    versionId: row.versionId,
    definition: menuDefinitionSchema.parse(row.definition),
    state,
    askedAt: row.updatedAt,
  }
}

async function say(tx: Transaction, channel: InboundChannel, conversation: LockedConversation, text: string) {
  // A millisecond after what it answers: both were recorded in this instant, and a thread is ordered by time.
  const at = new Date(tx.now.getTime() + 1)
  await storeOutgoing(tx, conversation, {
    at,
    id: newId(at.getTime()),
    text,
    author: { kind: 'bot', id: null },
    channelKind: channel.kind,
  })
}

const common = (tx: Transaction, conversation: LockedConversation) => ({
  conversationId: conversation.id,
  channelId: conversation.channelId,
  at: tx.now,
  actorKind: 'bot',
})

async function ask(
  tx: Transaction,
  channel: InboundChannel,
  conversation: LockedConversation,
  menu: ChatMenu,
  step: Extract<Step, { do: 'ask' }>,
): Promise<Moved> {
  const look = { numbers: !channelKind(channel.kind).manifest.buttons }
  const text =
    step.because === 'miss'
      ? renderMiss(menu.definition, step.screenId, look)
      : renderScreen(menu.definition, step.screenId, look)
  await say(tx, channel, conversation, text)
  await tx.db.$executeRaw`
    INSERT INTO menu_position ("tenantId", "conversationId", "menuVersionId", "screenId", misses, "updatedAt")
    VALUES (${tx.tenantId}::uuid, ${conversation.id}::uuid, ${menu.versionId}::uuid, ${step.screenId}, ${step.misses}, ${tx.now})
    ON CONFLICT ("tenantId", "conversationId") DO UPDATE SET "menuVersionId" = excluded."menuVersionId",
      "screenId" = excluded."screenId", misses = excluded.misses, "updatedAt" = excluded."updatedAt"`
  const option = step.option ? { optionId: step.option.id, optionLabel: step.option.label } : {}
  await updateConversation(tx, conversation.id, {
    ...option,
    nextTimerAt: new Date(tx.now.getTime() + ABANDONED_MINUTES * 60_000),
  })
  const screenName = menu.definition.screens.find((screen) => screen.id === step.screenId)?.name ?? null
  const events: NewEvent[] =
    step.option && step.because === 'chosen' ? await chosen(tx, conversation, step.option) : []
  events.push({
    ...common(tx, conversation),
    type: step.because === 'miss' ? 'menu-missed' : 'menu-asked',
    reason: step.because,
    data: { screen: screenName, misses: step.misses },
  })
  return { conversation: { ...conversation, ...option }, events }
}

async function handOver(
  tx: Transaction,
  channel: InboundChannel,
  conversation: LockedConversation,
  menu: ChatMenu,
  step: Extract<Step, { do: 'handOver' }>,
): Promise<Moved> {
  const option = step.option ? { optionId: step.option.id, optionLabel: step.option.label } : {}
  if (step.option) await updateConversation(tx, conversation.id, option)
  const here = { ...conversation, ...option }
  const events: NewEvent[] = step.option ? await chosen(tx, here, step.option) : []
  const routed = await route(tx, here, step.teamId ?? channel.defaultTeamId, step.reason)
  const text = renderHandOver(menu.definition, {
    teamName: routed.teamName,
    waiting: routed.memberName === null,
  })
  await say(tx, channel, routed.conversation, text)
  await tx.db.menuPosition.deleteMany({ where: { tenantId: tx.tenantId, conversationId: conversation.id } })
  return { conversation: routed.conversation, events: [...events, ...routed.events] }
}

/** A menu may name a team that is gone by now: the customer reaches the line of nobody's team, never a dead end. */
async function route(
  tx: Transaction,
  conversation: LockedConversation,
  teamId: string | null,
  reason: string,
) {
  if (teamId) {
    const team = await tx.db.team.findFirst({
      where: { tenantId: tx.tenantId, id: teamId, archivedAt: null },
      select: { id: true },
    })
    if (!team) {
      await offerLine(tx)
      const waiting = await putInLine(tx, conversation, null, {
        reason: 'team-gone',
        data: { because: reason, teamId },
      })
      return { ...waiting, memberName: null, teamName: null }
    }
  }
  return routeToTeam(tx, conversation, teamId, { reason })
}

/** An option counts once per chat, on the day it was chosen. */
async function chosen(
  tx: Transaction,
  conversation: LockedConversation,
  option: { id: string; label: string },
): Promise<NewEvent[]> {
  const earlier = await tx.db.conversationEvent.findFirst({
    where: {
      tenantId: tx.tenantId,
      conversationId: conversation.id,
      type: 'option-chosen',
      optionId: option.id,
    },
    select: { id: true },
  })
  if (earlier) return []
  return [
    {
      ...common(tx, conversation),
      actorKind: 'customer',
      type: 'option-chosen',
      optionId: option.id,
      optionLabel: option.label,
    },
  ]
}

import { resolveConversation, sendMessage } from '@/server/conversations/commands'
import type { Role } from '@/server/kernel/context'
import { newId } from '@/server/kernel/ids'
import { publishMenu, saveDraft } from '@/server/menu/commands'
import { getMenu } from '@/server/menu/queries'
import { PASSWORD } from '@/tests/support/factories'
import type { World } from './world'

/**
 * What each procedure promises: who may call it, and with what. `input` names rows of the victim; it is made anew for
 * each allowed caller, so that it may bring a fresh chat. What it says itself may hold no canary: strangers write it too. A procedure without a line here fails the sweep by name.
 */
export type Rule = {
  who: 'anyone' | 'signed-in' | readonly Role[]
  input?: (world: World) => unknown
}

const everyone: readonly Role[] = ['owner', 'admin', 'supervisor', 'agent']
const watchers: readonly Role[] = ['owner', 'admin', 'supervisor']
const managers: readonly Role[] = ['owner', 'admin']

/** A message of the agent, who is the one caller that may change no other. */
async function ownMessage({ members, freshChat }: World): Promise<string> {
  const conversationId = await freshChat()
  const messageId = newId()
  await sendMessage(await members.agent.ctx(), { conversationId, messageId, text: 'Ya va', note: false })
  return messageId
}

const persona = { id: 'sweep', name: 'Cliente', phone: null }

const ledgerRange = (channelId: string) => {
  const today = new Date().toISOString().slice(0, 10)
  return { channelId, from: today, to: today }
}

export const rules: Record<string, Rule> = {
  'auth.requestReset': { who: 'anyone', input: ({ members }) => ({ email: members.agent.email }) },
  'auth.reset': { who: 'anyone', input: () => ({ token: 'x'.repeat(43), password: PASSWORD }) },

  'channels.connect': { who: managers, input: () => ({ name: 'Otro número' }) },
  'channels.list': { who: everyone },
  'channels.pairing': { who: managers, input: ({ company }) => ({ channelId: company.channelId }) },
  'channels.rename': {
    who: managers,
    input: ({ company }) => ({ channelId: company.channelId, name: 'Otra vez' }),
  },
  'channels.restart': { who: managers, input: ({ company }) => ({ channelId: company.channelId }) },
  'channels.setWanted': {
    who: managers,
    input: ({ company }) => ({ channelId: company.channelId, wanted: true }),
  },

  'conversations.assign': {
    who: everyone,
    input: async ({ freshChat, members }) => ({
      conversationId: await freshChat(),
      memberId: members.agent.memberId,
    }),
  },
  'conversations.counts': { who: everyone },
  'conversations.cursor': { who: everyone },
  'conversations.get': { who: everyone, input: ({ conversationId }) => ({ conversationId }) },
  'conversations.list': { who: everyone, input: () => ({ view: 'all' }) },
  'conversations.markRead': { who: everyone, input: ({ conversationId }) => ({ conversationId }) },
  'conversations.markUnread': { who: everyone, input: ({ conversationId }) => ({ conversationId }) },
  'conversations.older': {
    who: everyone,
    input: ({ conversationId, messageId }) => ({ conversationId, before: messageId }),
  },
  'conversations.resolve': {
    who: everyone,
    input: async ({ freshChat }) => ({ conversationId: await freshChat(), evenIfWaiting: true }),
  },
  'conversations.react': { who: everyone, input: ({ messageId }) => ({ messageId, emoji: '👍' }) },
  'conversations.editMessage': {
    who: everyone,
    input: async (world) => ({ messageId: await ownMessage(world), text: 'Otra cosa' }),
  },
  'conversations.deleteMessage': {
    who: everyone,
    input: async (world) => ({ messageId: await ownMessage(world) }),
  },
  'conversations.messageVersions': { who: everyone, input: ({ messageId }) => ({ messageId }) },
  'conversations.retry': {
    who: everyone,
    input: async (world) => {
      const conversationId = await world.freshChat()
      return { conversationId, messageId: await failedMessage(world, conversationId) }
    },
  },
  'conversations.send': {
    who: everyone,
    input: async ({ freshChat }) => ({
      conversationId: await freshChat(),
      messageId: newId(),
      text: 'Respuesta',
    }),
  },
  'conversations.since': {
    who: everyone,
    input: ({ conversationId }) => ({ cursor: '0', openConversationId: conversationId }),
  },
  'conversations.undoResolution': {
    who: everyone,
    input: async ({ freshChat, company }) => {
      const conversationId = await freshChat()
      const now = new Date()
      await resolveConversation({ ...company.ownerCtx, now }, { conversationId, evenIfWaiting: true })
      return { conversationId }
    },
  },

  'members.companies': { who: 'signed-in' },
  'members.createTeam': { who: managers, input: () => ({ name: 'Nueva' }) },
  'members.list': { who: everyone },
  'members.me': { who: everyone },
  'members.renameTeam': { who: managers, input: ({ teamId }) => ({ teamId, name: 'Renombrada' }) },
  'members.setAvailability': { who: everyone, input: () => ({ availability: 'available' }) },
  'members.setProfile': { who: 'signed-in', input: () => ({ theme: 'dark' }) },
  'members.setTeamMembers': {
    who: managers,
    input: ({ teamId, members }) => ({ teamId, memberIds: [members.agent.memberId] }),
  },
  'members.teams': { who: everyone },

  'menu.create': { who: managers, input: () => ({ name: 'Otro menú', trade: 'shop', locale: 'es' }) },
  'menu.get': { who: watchers, input: ({ company }) => ({ menuId: company.menuId }) },
  'menu.list': { who: watchers },
  'menu.publish': {
    who: managers,
    input: async (world) => {
      const { ownerCtx, menuId } = world.company
      const { definition } = await getMenu(ownerCtx, menuId)
      await saveDraft(ownerCtx, { menuId, definition, seen: await seenDraft(world) })
      return { menuId, seen: await seenDraft(world) }
    },
  },
  'menu.restore': {
    who: managers,
    input: async (world) => ({
      menuId: world.company.menuId,
      versionId: await publishedVersion(world),
    }),
  },
  'menu.saveDraft': {
    who: managers,
    input: async (world) => {
      const { definition } = await getMenu(world.company.ownerCtx, world.company.menuId)
      return { menuId: world.company.menuId, definition, seen: await seenDraft(world) }
    },
  },
  'menu.versions': { who: watchers, input: ({ company }) => ({ menuId: company.menuId }) },

  'monitoring.alarms': { who: watchers },
  'monitoring.changes': { who: watchers, input: ({ company }) => ({ channelId: company.channelId }) },
  'monitoring.channel': { who: watchers, input: ({ company }) => ({ channelId: company.channelId }) },
  'monitoring.journal': { who: watchers, input: ({ company }) => ({ channelId: company.channelId }) },
  'monitoring.ledger': { who: watchers, input: ({ company }) => ledgerRange(company.channelId) },
  'monitoring.ledgerTotals': { who: watchers, input: ({ company }) => ledgerRange(company.channelId) },
  'monitoring.retakeEntry': {
    who: managers,
    input: async ({ company }) => ({ channelId: company.channelId, entryId: await deadEntry(company) }),
  },

  'onboarding.chooseTemplate': {
    who: managers,
    input: async (world) => {
      await publishDraft(world)
      return { trade: 'shop' }
    },
  },
  'onboarding.firstRun': { who: managers },
  'onboarding.signUp': {
    who: 'anyone',
    input: () => ({
      company: 'Gata Parda',
      country: 'CO',
      name: 'Pilar',
      email: `pilar-${newId()}@example.com`,
      password: PASSWORD,
    }),
  },
  'onboarding.templates': { who: managers },

  'routing.transfer': {
    who: everyone,
    input: async ({ freshChat, teamId }) => ({
      conversationId: await freshChat(),
      to: { kind: 'team', teamId },
      note: 'Nota',
    }),
  },

  'simulator.read': {
    who: everyone,
    input: ({ company, messageId }) => ({ channelId: company.channelId, personaId: persona.id, messageId }),
  },
  'simulator.say': {
    who: everyone,
    input: ({ company }) => ({ channelId: company.channelId, persona, id: newId(), text: 'Hola' }),
  },
  'simulator.thread': {
    who: everyone,
    input: ({ company }) => ({ channelId: company.channelId, personaId: persona.id }),
  },

  'tenants.company': { who: everyone },
}

async function failedMessage({ company }: World, conversationId: string): Promise<string> {
  const id = newId()
  const { tenantId, ownerCtx, channelId } = company
  await ownerCtx.db.message.create({
    data: {
      tenantId,
      id,
      conversationId,
      channelId,
      direction: 'out',
      authorKind: 'member',
      status: 'failed',
      text: 'Canario que no salió',
      at: new Date(),
    },
  })
  return id
}

async function seenDraft({ company }: World) {
  const { draft } = await getMenu(company.ownerCtx, company.menuId)
  return draft && { versionId: draft.id, updatedAt: draft.updatedAt }
}

/** What earlier samples left in the editor: a menu that somebody edits takes no template. */
async function publishDraft(world: World) {
  const seen = await seenDraft(world)
  if (seen) await publishMenu(world.company.ownerCtx, { menuId: world.company.menuId, seen })
}

async function publishedVersion({ company }: World): Promise<string> {
  const menu = await company.ownerCtx.db.menu.findFirstOrThrow({
    where: { tenantId: company.tenantId, id: company.menuId },
  })
  return menu.publishedId ?? newId()
}

/** Something that came in and was put aside after its last try. */
async function deadEntry({ ownerCtx, tenantId, channelId }: World['company']): Promise<string> {
  const id = newId()
  await ownerCtx.db.inboundJournal.create({
    data: { tenantId, id, channelId, orderKey: id, payload: {}, deadAt: new Date() },
  })
  return id
}

import { Readable } from 'node:stream'
import superjson from 'superjson'
import type { Role } from '@/server/kernel/context'
import { mediaAddress } from '@/server/media/address'
import { receiveUpload } from '@/server/media/commands'
import { readUploadHeaders } from '@/server/media/schema'
import { realtimeChannel } from '@/server/realtime/events'
import type { Ask } from './call-route'
import type { World } from './world'

/** A stranger is the owner of another company, asking from there. */
export type Asker = Role | 'stranger'

export type Sample = {
  /** Who gets it. What is open to anyone tells nothing of a company. */
  open: 'anyone' | readonly Asker[]
  ask: (world: World) => Ask | Promise<Ask>
  /** What an answer to anyone may be besides one below 500. */
  mayAnswer?: number
  /** What who may ask is answered; 200 when nothing is said. */
  answers?: number
}

/**
 * What each route promises, by what is asked of it; all its askers and all others are tried. A route or method without
 * a line here fails the sweep by name.
 */
export type RouteRule = Record<string, Sample>

const everyone: readonly Asker[] = ['owner', 'admin', 'supervisor', 'agent']
const watchers: readonly Asker[] = ['owner', 'admin', 'supervisor']

const subscribe = (channel: (world: World) => string | Promise<string>) => async (world: World) => ({
  form: { socket_id: '12.34', channel_name: await channel(world) },
})

/** A team of which the agent is no member, with a chat in it. */
async function otherTeam({ company, freshChat }: World): Promise<{ teamId: string; conversationId: string }> {
  const teamId = await company.team('Canario bodega')
  const conversationId = await freshChat()
  await company.ownerCtx.db.conversation.update({
    where: { tenantId_id: { tenantId: company.tenantId, id: conversationId } },
    data: { teamId, assigneeId: null },
  })
  return { teamId, conversationId }
}

/** The signed address of a file in the chat that every role sees. */
async function fileIn({ company, conversationId }: World): Promise<string> {
  const { tenantId, ownerCtx } = company
  const told = new Headers({ 'content-type': 'text/plain', 'x-file-name': 'canario.txt' })
  const { id } = await receiveUpload(
    ownerCtx,
    readUploadHeaders(told),
    Readable.from([Buffer.from('canario')]),
  )
  const { id: messageId } = await ownerCtx.db.message.findFirstOrThrow({
    where: { tenantId, conversationId },
  })
  await ownerCtx.db.attachment.update({ where: { tenantId_id: { tenantId, id } }, data: { messageId } })
  return mediaAddress(tenantId, id, new Date())
}

const wire = (input: unknown) => superjson.serialize(input)

export const routeRules: Record<string, RouteRule> = {
  // Without METRICS_TOKEN there is no such page; with it the token alone opens.
  'GET /api/metrics': { 'the counts without a token': { open: 'anyone', ask: () => ({}) } },
  'GET /api/health': { 'the state of the processes': { open: 'anyone', ask: () => ({}), mayAnswer: 503 } },

  'GET /api/auth/[...nextauth]': {
    'the session': { open: 'anyone', ask: () => ({ path: '/api/auth/session' }) },
    'a door that does not exist': { open: 'anyone', ask: () => ({ path: '/api/auth/users' }) },
  },
  'POST /api/auth/[...nextauth]': {
    'a session, by a wrong password': {
      open: 'anyone',
      ask: ({ members }) => ({
        path: '/api/auth/callback/credentials',
        form: { email: members.owner.email, password: 'otra cosa cualquiera', json: 'true' },
      }),
    },
  },

  'GET /api/trpc/[trpc]': {
    'the counts of the inbox': {
      open: [...everyone, 'stranger'],
      ask: () => ({ path: '/api/trpc/conversations.counts' }),
    },
    'a chat': {
      open: everyone,
      ask: ({ conversationId }) => ({
        path: `/api/trpc/conversations.get?input=${encodeURIComponent(JSON.stringify(wire({ conversationId })))}`,
      }),
    },
  },
  'POST /api/trpc/[trpc]': {
    'to mark a chat as read': {
      open: everyone,
      ask: ({ conversationId }) => ({
        path: '/api/trpc/conversations.markRead',
        json: wire({ conversationId }),
      }),
    },
  },

  'POST /api/media': {
    'to leave a file': {
      open: everyone,
      ask: ({ company }) => ({ path: `/api/media?company=${company.slug}`, raw: 'una lista de precios' }),
      answers: 201,
    },
  },
  'GET /api/media/[token]': {
    'a file of a chat': { open: everyone, ask: async (world) => ({ path: await fileIn(world) }) },
  },

  'POST /api/pusher/user': {
    'to be known to realtime': {
      open: [...everyone, 'stranger'],
      ask: () => ({ form: { socket_id: '12.34' } }),
    },
  },
  'POST /api/pusher/auth': {
    'what supervision hears': {
      open: watchers,
      ask: subscribe(({ company }) => realtimeChannel.supervision(company.tenantId)),
    },
    'what everybody hears': {
      open: everyone,
      ask: subscribe(({ company }) => realtimeChannel.all(company.tenantId)),
    },
    'the state of the numbers': {
      open: watchers,
      ask: subscribe(({ company }) => realtimeChannel.bridge(company.tenantId)),
    },
    'what the agent hears': {
      open: ['agent'],
      ask: subscribe(({ company, members }) =>
        realtimeChannel.member(company.tenantId, members.agent.memberId),
      ),
    },
    'what the owner hears': {
      open: ['owner'],
      ask: subscribe(({ company, members }) =>
        realtimeChannel.member(company.tenantId, members.owner.memberId),
      ),
    },
    'what the agent’s team hears': {
      open: everyone,
      ask: subscribe(({ company, teamId }) => realtimeChannel.team(company.tenantId, teamId)),
    },
    'what another team hears': {
      open: watchers,
      ask: subscribe(async (world) =>
        realtimeChannel.team(world.company.tenantId, (await otherTeam(world)).teamId),
      ),
    },
    'a chat of the agent’s team': {
      open: everyone,
      ask: subscribe(({ company, conversationId }) =>
        realtimeChannel.conversation(company.tenantId, conversationId),
      ),
    },
    'a chat of another team': {
      open: watchers,
      ask: subscribe(async (world) =>
        realtimeChannel.conversation(world.company.tenantId, (await otherTeam(world)).conversationId),
      ),
    },
    'a chat under the company of a stranger': {
      open: [],
      ask: subscribe(({ strangerTenantId, conversationId }) =>
        realtimeChannel.conversation(strangerTenantId, conversationId),
      ),
    },
    'what the stranger’s supervision hears': {
      open: ['stranger'],
      ask: subscribe(({ strangerTenantId }) => realtimeChannel.supervision(strangerTenantId)),
    },
    'a channel of no catalogue': {
      open: [],
      ask: subscribe(({ company }) => `private-t_${company.tenantId}`),
    },
    'a public channel': { open: [], ask: subscribe(({ company }) => `t_${company.tenantId}-all`) },
    'no channel at all': { open: [], ask: () => ({ form: { socket_id: '12.34' } }) },
  },
}

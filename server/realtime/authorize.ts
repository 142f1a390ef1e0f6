import type { Actor } from '@/server/kernel/context'
import type { TenantId } from '@/server/kernel/database'
import { pusher } from './publish'

/** Who asks for a channel: a checked membership. */
export type Subscriber = { tenantId: TenantId; actor: Extract<Actor, { kind: 'member' }> }

type Named =
  | { of: 'member' | 'team' | 'conversation'; tenantId: string; id: string }
  | { of: 'supervision' | 'all' | 'bridge'; tenantId: string }

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const PRIVATE = new RegExp(`^private-t_(${UUID})-(?:(u|q)_(${UUID})|(sup|all|bridge))$`)
const PRESENCE = new RegExp(`^presence-t_(${UUID})-c_(${UUID})$`)

/** Reads a channel's name; null for every name that the catalogue does not know. */
function readChannelName(name: string): Named | null {
  const presence = PRESENCE.exec(name)
  if (presence?.[1] && presence[2]) return { of: 'conversation', tenantId: presence[1], id: presence[2] }
  const found = PRIVATE.exec(name)
  const [, tenantId, letter, id, word] = found ?? []
  if (!tenantId) return null
  if (letter && id) return { of: letter === 'u' ? 'member' : 'team', tenantId, id }
  switch (word) {
    case 'sup':
      return { of: 'supervision', tenantId }
    case 'all':
      return { of: 'all', tenantId }
    case 'bridge':
      return { of: 'bridge', tenantId }
    default:
      return null
  }
}

/**
 * The only judge of subscriptions. What it allows is never wider than rules.canSee.
 * @param canSeeConversation handed in: this room lies below the chats.
 */
export async function maySubscribe(
  subscriber: Subscriber,
  name: string,
  canSeeConversation: (conversationId: string) => Promise<boolean>,
): Promise<boolean> {
  const channel = readChannelName(name)
  if (!channel || channel.tenantId !== subscriber.tenantId) return false
  const { actor } = subscriber
  switch (channel.of) {
    case 'member':
      return channel.id === actor.memberId
    case 'team':
      return actor.sees === 'all' || (actor.sees === 'teams' && actor.teamIds.includes(channel.id))
    case 'supervision':
      return actor.sees === 'all'
    case 'all':
      return actor.sees === 'all' || actor.seesTeamless
    case 'bridge':
      return actor.role !== 'agent'
    case 'conversation':
      return canSeeConversation(channel.id)
    default:
      return channel satisfies never
  }
}

/** Signs a subscription that maySubscribe allowed. Presence carries the member's id and name. */
export function signSubscription(subscriber: Subscriber, socketId: string, channel: string) {
  if (!channel.startsWith('presence-')) return pusher().authorizeChannel(socketId, channel)
  return pusher().authorizeChannel(socketId, channel, {
    user_id: subscriber.actor.memberId,
    user_info: { name: subscriber.actor.name },
  })
}

/** Signs the socket in as a member, so that it can be cut when the membership ends. */
export function signUser(subscriber: Subscriber, socketId: string) {
  return pusher().authenticateUser(socketId, { id: subscriber.actor.memberId, name: subscriber.actor.name })
}

/** Cuts every open connection of a member: after removal, a change of role, a new password. */
export async function cutConnections(memberId: string): Promise<void> {
  await pusher().terminateUserConnections(memberId)
}

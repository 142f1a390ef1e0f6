import { z } from 'zod'

/**
 * The catalogue of everything that realtime says. Thin: ids and what a list row needs; the rest is fetched.
 * Realtime is a hint, the database is the truth.
 */
export const realtimeEventSchema = z.discriminatedUnion('type', [
  /** A chat's row changed, or it is new. The row is that of conversations/schema, dates as ISO text, nobody's unread. */
  z.object({
    type: z.literal('conversation.changed'),
    conversationId: z.uuid(),
    changedTx: z.string(),
    row: z.unknown(),
  }),
  /** A message of a chat is new or has another status. Null when it is too long to carry: fetch it. */
  z.object({
    type: z.literal('message.changed'),
    conversationId: z.uuid(),
    messageId: z.uuid(),
    changedTx: z.string(),
    message: z.unknown(),
  }),
  /** A channel's state or pairing code changed: fetch it. */
  z.object({ type: z.literal('channel.changed'), channelId: z.uuid() }),
  /** A member's availability, role or team changed. */
  z.object({ type: z.literal('member.changed'), memberId: z.uuid() }),
])
export type RealtimeEvent = z.infer<typeof realtimeEventSchema>

/**
 * Channel names (design: one tenant in every name; ids of [A-Za-z0-9_-] only).
 * member: that person. team: people of a team. supervision: owner, admin, supervisor. all: chats that everybody may
 * see (open, of no team). bridge: channel states. conversation: presence of who looks at a chat.
 */
export const realtimeChannel = {
  member: (tenantId: string, memberId: string) => `private-t_${tenantId}-u_${memberId}`,
  team: (tenantId: string, teamId: string) => `private-t_${tenantId}-q_${teamId}`,
  supervision: (tenantId: string) => `private-t_${tenantId}-sup`,
  all: (tenantId: string) => `private-t_${tenantId}-all`,
  bridge: (tenantId: string) => `private-t_${tenantId}-bridge`,
  conversation: (tenantId: string, conversationId: string) => `presence-t_${tenantId}-c_${conversationId}`,
} as const

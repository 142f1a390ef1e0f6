/**
 * The catalogue of everything that realtime says. Thin: ids and what a list row shows; the rest is fetched.
 * Realtime is a hint, the database is the truth. No zod here: the browser loads this file with the inbox.
 */
export type RealtimeEvent =
  /** Chats' rows changed, or are new: ConversationRows with dates as ISO text and nobody's unread. */
  | { type: 'conversations.changed'; rows: { id: string }[] }
  /** A message of a chat is new or has another status; null when it is too long to carry: fetch it. */
  | {
      type: 'message.changed'
      conversationId: string
      messageId: string
      changedTx: string
      message: unknown
    }
  /** A channel's state or pairing code changed: fetch it. */
  | { type: 'channel.changed'; channelId: string }
  /** A member's availability, role or team changed. */
  | { type: 'member.changed'; memberId: string }

/**
 * Channel names: one company in every name, ids of [A-Za-z0-9_-] only.
 * member: that person. team: people of a team. supervision: owner, admin, supervisor. all: chats that everybody may
 * see (of no member and no team). bridge: channel states. conversation: presence of who looks at a chat.
 */
export const realtimeChannel = {
  member: (tenantId: string, memberId: string) => `private-t_${tenantId}-u_${memberId}`,
  team: (tenantId: string, teamId: string) => `private-t_${tenantId}-q_${teamId}`,
  supervision: (tenantId: string) => `private-t_${tenantId}-sup`,
  all: (tenantId: string) => `private-t_${tenantId}-all`,
  bridge: (tenantId: string) => `private-t_${tenantId}-bridge`,
  conversation: (tenantId: string, conversationId: string) => `presence-t_${tenantId}-c_${conversationId}`,
} as const

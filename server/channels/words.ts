/**
 * The states of a channel's link, as the screen and the history name them. Apart from the schemas: every page of the
 * workspace loads them, and zod would come along.
 */
export const channelStates = [
  'disconnected',
  'connecting',
  'scan',
  'syncing',
  'connected',
  'logged-out',
  'replaced',
  'banned',
  'version-refused',
  // Connected, but a round trip was not answered.
  'silent',
  'paused',
] as const
export type ChannelState = (typeof channelStates)[number]

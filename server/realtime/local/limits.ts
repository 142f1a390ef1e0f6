/**
 * The hosted service's limits, so that what works here works there too (Channels HTTP API reference and
 * "Limits" pages), followed by our own bounds, which keep one process small whatever clients do.
 */
export const LIMITS = {
  eventDataBytes: 10_240,
  eventNameLength: 200,
  channelNameLength: 164,
  channelsPerEvent: 100,
  eventsPerBatch: 10,
  presenceMembers: 100,
  userIdLength: 128,
  presenceInfoBytes: 1_024,
  watchlistUsers: 100,
  clientEventsPerSecond: 10,
  /** Signed requests older or newer than this are refused. */
  requestAgeSeconds: 600,
  /** How long a cache channel keeps its last event. */
  cacheMs: 30 * 60 * 1000,
  /** Above this many subscribers, counts are sent by the sweep instead of at each change. */
  promptCountSubscribers: 100,

  /** JSON escapes can blow a legal 10 KB of data up six times. */
  frameBytes: 65_536,
  requestBytes: 1_048_576,
  cachedChannels: 5_000,
  channelsPerConnection: 1_000,
  /** A returning client subscribes to all its channels at once, hence the wide burst. */
  framesBurst: 1_500,
  framesPerSecond: 100,
  /** A reader this far behind is cut off: it recovers by reconnecting, the process would not. */
  unsentBytes: 512 * 1024,
} as const

/** Close and error codes of the protocol; pusher-js acts on the range (gives up, backs off, comes back). */
export const CODES = {
  unknownApp: 4001,
  overQuota: 4004,
  badPath: 4005,
  badVersion: 4006,
  unsupportedProtocol: 4007,
  noProtocol: 4008,
  unauthorised: 4009,
  overCapacity: 4100,
  noPong: 4201,
  clientEventRefused: 4301,
  watchlistTooLong: 4302,
} as const

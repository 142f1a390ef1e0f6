import { z } from 'zod'
import { CODES, LIMITS } from './limits'

/** Pure translation of what comes in (connect urls, frames, presence and user data) and what goes out. */

export type Refusal = { code: number; message: string }

/** Says why a connect url ("/app/KEY?protocol=7") is refused, or null. Protocols 5 to 7 are spoken. */
export function whyNotConnect(url: string, key: string): Refusal | null {
  const { path, query } = splitUrl(url)
  const [, root, givenKey, ...rest] = path.split('/')
  if (root !== 'app' || !givenKey || rest.some((part) => part !== ''))
    return { code: CODES.badPath, message: 'Path not found' }
  if (givenKey !== key) return { code: CODES.unknownApp, message: 'App key not found in this cluster' }

  const protocol = query.get('protocol')
  if (protocol === null || protocol === '')
    return { code: CODES.noProtocol, message: 'No protocol version supplied' }
  if (!/^\d+$/.test(protocol)) return { code: CODES.badVersion, message: 'Invalid version string format' }
  if (!['5', '6', '7'].includes(protocol))
    return { code: CODES.unsupportedProtocol, message: `Unsupported protocol version: ${protocol}` }
  return null
}

/** Path and query of a request line. `new URL` throws on some that clients can send ("//"). */
export function splitUrl(url: string): { path: string; query: URLSearchParams } {
  const [path = '', ...query] = url.split('?')
  return { path, query: new URLSearchParams(query.join('?')) }
}

export type ChannelKind = {
  /** private, presence, encrypted and personal channels need proof before subscribing. */
  access: 'public' | 'private' | 'presence' | 'encrypted' | 'personal'
  isCached: boolean
}

const PERSONAL_PREFIX = '#server-to-user-'
const CHANNEL_NAME = /^[A-Za-z0-9_\-=@,.;]+$/

/** What a channel's name makes it, or null for a name that is not allowed. */
export function channelKind(name: string): ChannelKind | null {
  const userId = personalChannelOwner(name)
  if (userId !== null) return isUserId(userId) ? { access: 'personal', isCached: false } : null
  if (name.length > LIMITS.channelNameLength || !CHANNEL_NAME.test(name)) return null
  const [, prefix] = /^(private-encrypted-|private-|presence-)/.exec(name) ?? []
  const isCached = name.startsWith('cache-', prefix?.length ?? 0)
  if (prefix === 'private-encrypted-') return { access: 'encrypted', isCached }
  if (prefix === 'private-') return { access: 'private', isCached }
  if (prefix === 'presence-') return { access: 'presence', isCached }
  return { access: 'public', isCached }
}

/** The user whose own channel this is, or null for any other channel. */
export function personalChannelOwner(name: string): string | null {
  return name.startsWith(PERSONAL_PREFIX) ? name.slice(PERSONAL_PREFIX.length) : null
}

function isUserId(value: string): boolean {
  return value.length > 0 && value.length <= LIMITS.userIdLength
}

export type ClientFrame =
  | { do: 'ping' }
  | { do: 'pong' }
  | { do: 'subscribe'; channel: string; auth?: string | undefined; channelData?: string | undefined }
  | { do: 'unsubscribe'; channel: string }
  | { do: 'signIn'; auth: string; userData: string }
  | { do: 'clientEvent'; event: string; channel: string; data: string }
  | { do: 'refuse'; reason: string }

const frameShape = z.object({
  event: z.string(),
  channel: z.string().optional(),
  data: z.unknown().optional(),
})
const subscribeShape = z.object({
  channel: z.string(),
  auth: z.string().nullish(),
  channel_data: z.string().nullish(),
})
const unsubscribeShape = z.object({ channel: z.string() })
const signInShape = z.object({ auth: z.string(), user_data: z.string() })

/** Reads one frame of a client. Never throws: whatever cannot be read comes back as a refusal. */
export function parseClientFrame(text: string): ClientFrame {
  const frame = frameShape.safeParse(parseJson(text))
  if (!frame.success) return { do: 'refuse', reason: 'Invalid frame' }
  const { event, channel, data } = frame.data
  if (event.startsWith('client-')) return parseClientEvent(event, channel, data)

  const body = typeof data === 'string' ? parseJson(data) : data
  switch (event) {
    case 'pusher:ping':
      return { do: 'ping' }
    case 'pusher:pong':
      return { do: 'pong' }
    case 'pusher:subscribe': {
      const wish = subscribeShape.safeParse(body)
      if (!wish.success) return { do: 'refuse', reason: 'Invalid subscription' }
      const { auth, channel_data } = wish.data
      return {
        do: 'subscribe',
        channel: wish.data.channel,
        auth: auth ?? undefined,
        channelData: channel_data ?? undefined,
      }
    }
    case 'pusher:unsubscribe': {
      const wish = unsubscribeShape.safeParse(body)
      return wish.success
        ? { do: 'unsubscribe', channel: wish.data.channel }
        : { do: 'refuse', reason: 'Invalid unsubscription' }
    }
    case 'pusher:signin': {
      const wish = signInShape.safeParse(body)
      return wish.success
        ? { do: 'signIn', auth: wish.data.auth, userData: wish.data.user_data }
        : { do: 'refuse', reason: 'Invalid sign-in' }
    }
    default:
      return { do: 'refuse', reason: 'Event not accepted from clients' }
  }
}

function parseClientEvent(event: string, channel: string | undefined, data: unknown): ClientFrame {
  if (channel === undefined) return { do: 'refuse', reason: 'Client event without a channel' }
  if (event.length > LIMITS.eventNameLength) return { do: 'refuse', reason: 'Event name too long' }
  const text = typeof data === 'string' ? data : writeJson(data ?? null)
  if (text === null) return { do: 'refuse', reason: 'Event data nested too deeply' }
  if (Buffer.byteLength(text) > LIMITS.eventDataBytes) return { do: 'refuse', reason: 'Event data too large' }
  return { do: 'clientEvent', event, channel, data: text }
}

export type Member = { userId: string; info: unknown }

/** Older libraries send numeric user ids; they are the same person as their text. */
const userId = z.union([z.string(), z.number()]).transform(String).refine(isUserId)
const presenceShape = z.object({ user_id: userId, user_info: z.unknown().optional() })
const userShape = z.object({
  id: z.string().refine(isUserId),
  user_info: z.unknown().optional(),
  watchlist: z.array(z.string()).optional(),
})

/** Reads signed presence data ({user_id, user_info}), or null when it breaks the limits. */
export function parseMember(channelData: string): Member | null {
  const member = presenceShape.safeParse(parseJson(channelData))
  if (!member.success) return null
  const info = writeJson(member.data.user_info ?? null)
  if (info === null || Buffer.byteLength(info) > LIMITS.presenceInfoBytes) return null
  return { userId: member.data.user_id, info: member.data.user_info }
}

export type SignedInUser = { id: string; info: unknown; watchlist: string[] }

/** Reads signed user data ({id, user_info, watchlist}), or null when it is not a user. */
export function parseUser(userData: string): SignedInUser | null {
  const user = userShape.safeParse(parseJson(userData))
  if (!user.success) return null
  const { id, user_info, watchlist } = user.data
  return { id, info: user_info, watchlist: [...new Set(watchlist)] }
}

/** One frame to clients. `data` is JSON text inside the JSON frame; errors alone carry a plain object. */
export function encodeFrame(
  event: string,
  channel: string | undefined,
  data: unknown,
  userId?: string,
): Buffer {
  const text = typeof data === 'string' ? data : JSON.stringify(data)
  return Buffer.from(JSON.stringify({ event, channel, data: text, user_id: userId }))
}

export function encodeError(code: number | null, message: string): Buffer {
  return Buffer.from(JSON.stringify({ event: 'pusher:error', data: { code, message } }))
}

/** The value of a JSON text, or undefined when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** JSON.parse reads any depth, JSON.stringify overflows the stack on it: such values come back as null. */
function writeJson(value: unknown): string | null {
  try {
    return JSON.stringify(value)
  } catch {
    return null
  }
}

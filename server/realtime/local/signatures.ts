import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

export type AppCredentials = { appId: string; key: string; secret: string }

/** HMAC-SHA256 of the text, in lower-case hex, as every Pusher signature is written. */
export function sign(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex')
}

/** Compares in constant time; both sides are hashed first, so that their lengths tell nothing either. */
export function isSameText(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(left), digest(right))
}

/** True when `auth` ("key:signature") signs this channel for this very socket. */
export function isChannelSigned(
  app: AppCredentials,
  socketId: string,
  channel: string,
  auth: string | undefined,
  channelData: string | undefined,
): boolean {
  const text = channelData === undefined ? `${socketId}:${channel}` : `${socketId}:${channel}:${channelData}`
  return isSameText(auth ?? '', `${app.key}:${sign(app.secret, text)}`)
}

/** True when `auth` signs this user for this very socket. */
export function isUserSigned(app: AppCredentials, socketId: string, auth: string, userData: string): boolean {
  return isSameText(auth, `${app.key}:${sign(app.secret, `${socketId}::user::${userData}`)}`)
}

/** The signature of a request to the HTTP API: method, path and sorted query, without the signature itself. */
export function signRequest(secret: string, method: string, path: string, query: URLSearchParams): string {
  const pairs = [...query]
    .filter(([name]) => name !== 'auth_signature')
    .sort(([a], [b]) => (a < b ? -1 : Number(a > b)))
    .map(([name, value]) => `${name}=${value}`)
  return sign(secret, [method, path, pairs.join('&')].join('\n'))
}

export function hashBody(body: Buffer): string {
  return createHash('md5').update(body).digest('hex')
}

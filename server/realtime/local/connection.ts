import type { WebSocket } from 'ws'
import type { Channels } from './channels'
import { CODES, LIMITS } from './limits'
import type { Log } from './log'
import {
  type ClientFrame,
  channelKind,
  encodeError,
  encodeFrame,
  type Member,
  parseClientFrame,
  parseMember,
  parseUser,
  personalChannelOwner,
  type SignedInUser,
} from './protocol'
import { createAllowance } from './rate'
import { type AppCredentials, isChannelSigned, isUserSigned } from './signatures'
import type { Users } from './users'

export type ConnectionContext = {
  app: AppCredentials
  channels: Channels
  users: Users
  now: () => number
  log: Log
  activityTimeoutMs: number
  pongTimeoutMs: number
}

type SubscribeFrame = Extract<ClientFrame, { do: 'subscribe' }>
type SubscriptionRefusal = { type: string; error: string; status?: number }

export type Connection = ReturnType<typeof openConnection>

/** One accepted socket, from its greeting to its close: reads frames, keeps time, cleans up behind itself. */
export function openConnection(ws: WebSocket, socketId: string, ctx: ConnectionContext) {
  const { app, channels, users, now } = ctx
  const mayAct = createAllowance(LIMITS.framesBurst, LIMITS.framesPerSecond, now)
  const mayTrigger = createAllowance(LIMITS.clientEventsPerSecond, LIMITS.clientEventsPerSecond, now)
  const subscriptions = new Set<string>()
  let user: SignedInUser | null = null
  let heardAt = now()
  let pingedAt: number | null = null

  const connection = { socketId, send, close, checkPulse }

  ws.on('message', (bytes, isBinary) => {
    heardAt = now()
    pingedAt = null
    if (ws.readyState !== ws.OPEN) return
    if (!mayAct()) close(CODES.overCapacity, 'Too many frames')
    else handle(isBinary ? { do: 'refuse', reason: 'Invalid frame' } : parseClientFrame(String(bytes)))
  })
  ws.on('close', () => {
    for (const name of subscriptions) channels.leave(name, connection)
    if (user) users.signOut(user, connection)
  })
  send(
    encodeFrame('pusher:connection_established', undefined, {
      socket_id: socketId,
      activity_timeout: ctx.activityTimeoutMs / 1000,
    }),
  )

  function handle(frame: ClientFrame): void {
    switch (frame.do) {
      case 'ping':
        send(encodeFrame('pusher:pong', undefined, {}))
        break
      case 'pong':
        break
      case 'subscribe':
        subscribe(frame)
        break
      case 'unsubscribe':
        if (subscriptions.delete(frame.channel)) channels.leave(frame.channel, connection)
        break
      case 'signIn':
        signIn(frame)
        break
      case 'clientEvent':
        relay(frame)
        break
      case 'refuse':
        send(encodeError(null, frame.reason))
        break
      default:
        frame satisfies never
    }
  }

  function subscribe(wish: SubscribeFrame): void {
    const isPresence = channelKind(wish.channel)?.access === 'presence'
    const member = isPresence ? memberFor(wish.channelData) : null
    let refusal = whyNotSubscribe(wish)
    if (!refusal && isPresence && !member) refusal = { type: 'AuthError', error: 'Invalid presence data' }
    if (!refusal) {
      const error = channels.join(wish.channel, connection, member)
      if (error !== null) refusal = { type: 'LimitReached', error }
    }
    if (refusal) send(encodeFrame('pusher:subscription_error', wish.channel, refusal))
    else subscriptions.add(wish.channel)
  }

  function whyNotSubscribe({ channel, auth, channelData }: SubscribeFrame): SubscriptionRefusal | null {
    const access = channelKind(channel)?.access
    if (!access) return { type: 'InvalidChannel', error: 'Channel name not allowed' }
    if (subscriptions.size >= LIMITS.channelsPerConnection && !subscriptions.has(channel))
      return { type: 'LimitReached', error: 'Too many channels on this connection' }
    if (access === 'public') return null
    if (access === 'personal')
      return personalChannelOwner(channel) === user?.id
        ? null
        : { type: 'AuthError', error: 'Not signed in as this user', status: 401 }
    return isChannelSigned(app, socketId, channel, auth, channelData)
      ? null
      : { type: 'AuthError', error: 'Invalid signature', status: 401 }
  }

  /** Presence without its own data falls back to the signed-in user. */
  function memberFor(channelData: string | undefined): Member | null {
    if (channelData !== undefined) return parseMember(channelData)
    return user && { userId: user.id, info: user.info }
  }

  function signIn({ auth, userData }: Extract<ClientFrame, { do: 'signIn' }>): void {
    const claimed = isUserSigned(app, socketId, auth, userData) ? parseUser(userData) : null
    if (!claimed) {
      close(CODES.unauthorised, 'Connection not authorized')
    } else if (claimed.watchlist.length > LIMITS.watchlistUsers) {
      const message = `A watchlist holds at most ${LIMITS.watchlistUsers} users`
      send(encodeError(CODES.watchlistTooLong, message))
    } else if (user) {
      send(encodeError(null, 'Already signed in'))
    } else {
      user = claimed
      send(encodeFrame('pusher:signin_success', undefined, { user_data: userData }))
      users.signIn(claimed, connection)
    }
  }

  function relay({ event, channel, data }: Extract<ClientFrame, { do: 'clientEvent' }>): void {
    const memberId = channels.memberOf(channel, connection)
    const refusal = whyNotRelay(channel, memberId !== undefined)
    if (refusal === null)
      channels.broadcast(channel, encodeFrame(event, channel, data, memberId ?? undefined), socketId)
    else send(encodeError(CODES.clientEventRefused, refusal))
  }

  function whyNotRelay(channel: string, isSubscribed: boolean): string | null {
    const access = channelKind(channel)?.access
    if (access !== 'private' && access !== 'presence')
      return 'Client events are only accepted on private and presence channels'
    if (!isSubscribed) return 'Client event on a channel this connection is not subscribed to'
    return mayTrigger() ? null : `Client events are limited to ${LIMITS.clientEventsPerSecond} a second`
  }

  function send(frame: Buffer): void {
    if (ws.readyState !== ws.OPEN) return
    if (ws.bufferedAmount > LIMITS.unsentBytes) {
      ctx.log('warn', 'slow reader cut off', { socketId, unsentBytes: ws.bufferedAmount })
      ws.terminate()
    } else {
      ws.send(frame, { binary: false })
    }
  }

  function close(code: number, message: string): void {
    send(encodeError(code, message))
    ws.close(code, message)
  }

  /** Called every few seconds: pings a silent client, and closes one that did not answer in time. */
  function checkPulse(): void {
    const at = now()
    if (pingedAt !== null && at - pingedAt >= ctx.pongTimeoutMs) {
      close(CODES.noPong, 'Pong reply not received in time')
    } else if (pingedAt === null && at - heardAt >= ctx.activityTimeoutMs) {
      pingedAt = at
      send(encodeFrame('pusher:ping', undefined, {}))
    }
  }

  return connection
}

import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { createChannels } from './channels'
import { type Connection, type ConnectionContext, openConnection } from './connection'
import { createHttpApi } from './http-api'
import { CODES, LIMITS } from './limits'
import { type Log, logToStderr } from './log'
import { encodeError, whyNotConnect } from './protocol'
import type { AppCredentials } from './signatures'
import { createUsers } from './users'

export type RealtimeServerOptions = AppCredentials & {
  /** 0 takes any free port. */
  port: number
  host?: string
  /** 10 to 20 KB of memory each; the next one is closed with 4004. */
  maxConnections?: number
  activityTimeoutMs?: number
  pongTimeoutMs?: number
  /** Epoch milliseconds. */
  now?: () => number
  log?: Log
}

export type RealtimeServer = { port: number; close: () => Promise<void> }

/** How long a closing socket may take before it is cut. */
const CLOSE_GRACE_MS = 1_000
/** Room for servers' own requests and probes beside the browsers' sockets. */
const SPARE_SOCKETS = 256

/**
 * Starts the local Pusher-protocol server: WebSocket at /app/KEY, signed HTTP API at /apps/ID, /health.
 * Rejects when the port cannot be taken. `close` tells clients to come back in a second (1001) and
 * resolves within two seconds.
 */
export async function startRealtimeServer(options: RealtimeServerOptions): Promise<RealtimeServer> {
  const { appId, key, secret, now = Date.now, log = logToStderr, maxConnections = 10_000 } = options
  const app = { appId, key, secret }
  const channels = createChannels(now)
  const users = createUsers()
  const connections = new Map<WebSocket, Connection>()
  const context: ConnectionContext = {
    app,
    channels,
    users,
    now,
    log,
    activityTimeoutMs: options.activityTimeoutMs ?? 120_000,
    pongTimeoutMs: options.pongTimeoutMs ?? 30_000,
  }

  const http = createServer(
    { headersTimeout: 10_000, requestTimeout: 15_000, keepAliveTimeout: 75_000 },
    createHttpApi({ app, channels, users, now, log }),
  )
  http.maxConnections = maxConnections + SPARE_SOCKETS
  // A separate constant, because closeTimeout (ws 8.19) is not in the type of the options yet.
  const socketOptions = {
    noServer: true,
    clientTracking: false,
    maxPayload: LIMITS.frameBytes,
    closeTimeout: CLOSE_GRACE_MS,
  }
  const sockets = new WebSocketServer(socketOptions)
  http.on('upgrade', (request, socket, head) =>
    sockets.handleUpgrade(request, socket, head, (ws) => admit(ws, request)),
  )

  function admit(ws: WebSocket, request: IncomingMessage): void {
    // Broken frames reach us as errors; ws closes the socket itself.
    ws.on('error', (error) => log('info', 'socket error', { error: error.message }))
    const refusal =
      whyNotConnect(request.url ?? '/', key) ??
      (connections.size >= maxConnections
        ? { code: CODES.overQuota, message: 'The app is over its connection quota' }
        : null)
    if (refusal) {
      ws.send(encodeError(refusal.code, refusal.message), { binary: false })
      ws.close(refusal.code, refusal.message)
      return
    }
    ws.on('close', () => connections.delete(ws))
    connections.set(ws, openConnection(ws, createSocketId(), context))
  }

  async function close(): Promise<void> {
    clearInterval(pulse)
    const closed = new Promise<void>((resolve) => http.close(() => resolve()))
    sockets.close()
    for (const ws of connections.keys()) ws.close(1001, 'Server is restarting')
    http.closeIdleConnections()
    const cut = setTimeout(() => http.closeAllConnections(), CLOSE_GRACE_MS)
    await closed
    clearTimeout(cut)
  }

  http.listen(options.port, options.host ?? '127.0.0.1')
  await once(http, 'listening')
  http.on('error', (error) => log('error', 'server error', { error: error.message }))
  const pulse = setInterval(
    () => {
      channels.sweep()
      for (const connection of connections.values()) connection.checkPulse()
    },
    Math.ceil(Math.min(context.activityTimeoutMs, context.pongTimeoutMs) / 6),
  )
  const address = http.address()
  return { port: typeof address === 'object' && address ? address.port : options.port, close }
}

/** Two random parts: a socket id that comes back after a restart would revive signatures made for it. */
function createSocketId(): string {
  return `${randomInt(1, 2 ** 47)}.${randomInt(1, 2 ** 47)}`
}

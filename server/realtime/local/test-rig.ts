import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import Pusher from 'pusher'
import PusherClient, { type Channel, type Options } from 'pusher-js'
import WebSocket from 'ws'
import { parseJson } from './protocol'
import { type RealtimeServerOptions, startRealtimeServer } from './server'

/** One server with the unmodified official packages around it, and raw sockets for what they would not do. */

export const APP = { appId: '4711', key: 'rig-key', secret: 'rig-secret' }

type Frame = { event: string; channel?: string; data: unknown; user_id?: string }
type Presence = { user_id: string; user_info?: Record<string, unknown> }
type ConnectOptions = {
  presence?: Presence
  user?: { id: string; watchlist?: string[] }
  authorizer?: Pusher
  options?: Partial<Options>
}

/** tweetnacl is a part of pusher-js that the plain build wants handed in. */
const nacl = createRequire(createRequire(import.meta.url).resolve('pusher-js'))('tweetnacl')

export async function startRig(options: Partial<RealtimeServerOptions> = {}) {
  let at = Date.now()
  const settings = { ...APP, port: 0, now: () => at, log: () => {}, ...options }
  let server = await startRealtimeServer(settings)
  const clients: PusherClient[] = []
  const raws: WebSocket[] = []
  const backend = createBackend(server.port)

  function connect({ presence, user, authorizer = backend, options }: ConnectOptions = {}): PusherClient {
    const client = new PusherClient(APP.key, {
      cluster: '',
      wsHost: '127.0.0.1',
      wsPort: server.port,
      forceTLS: false,
      enabledTransports: ['ws'],
      nacl,
      channelAuthorization: {
        customHandler: ({ socketId, channelName }, done) => {
          const data = channelName.startsWith('presence-') ? presence : undefined
          done(null, authorizer.authorizeChannel(socketId, channelName, data))
        },
      },
      userAuthentication: {
        customHandler: ({ socketId }, done) =>
          done(null, authorizer.authenticateUser(socketId, user ?? { id: 'nobody' })),
      },
      ...options,
    })
    clients.push(client)
    return client
  }

  /** Opens a bare socket; resolves once it is greeted (or closed, when `path` is refused). */
  async function connectRaw(path = `/app/${APP.key}?protocol=7`) {
    const ws = new WebSocket(`ws://127.0.0.1:${server.port}${path}`)
    raws.push(ws)
    const frames = createInbox<Frame>()
    const closed = new Promise<number>((resolve) => ws.on('close', resolve))
    ws.on('error', () => ws.terminate())
    ws.on('message', (text) => frames.add(readFrame(String(text))))
    const greeting = await frames.find((frame) => /established|error/.test(frame.event))
    return {
      ws,
      frames,
      closed,
      socketId: readField(greeting.data, 'socket_id'),
      send: (frame: object) => ws.send(JSON.stringify(frame)),
    }
  }

  return {
    backend,
    connect,
    connectRaw,
    port: () => server.port,
    advance: (ms: number) => {
      at += ms
    },
    restart: async () => {
      const { port } = server
      await server.close()
      server = await startRealtimeServer({ ...settings, port })
    },
    stop: async () => {
      for (const client of clients) client.disconnect()
      for (const ws of raws) ws.terminate()
      await server.close()
    },
  }
}

/** A publisher for the server on this port; with another secret or app it is a stranger. */
export function createBackend(port: number, overrides: Partial<typeof APP> = {}): Pusher {
  return new Pusher({
    ...APP,
    host: '127.0.0.1',
    port: String(port),
    useTLS: false,
    timeout: 3_000,
    encryptionMasterKeyBase64: MASTER_KEY,
    ...overrides,
  })
}
const MASTER_KEY = randomBytes(32).toString('base64')

/** What arrived so far, and a wait for what has not: order of arrival is kept, nothing is slept for. */
export function createInbox<T>() {
  const items: T[] = []
  let waiting: (() => void)[] = []
  return {
    items,
    add(item: T) {
      items.push(item)
      const wake = waiting
      waiting = []
      for (const resume of wake) resume()
    },
    async find(matches: (item: T) => boolean): Promise<T> {
      for (;;) {
        const found = items.find(matches)
        if (found !== undefined) return found
        await new Promise<void>((resolve) => waiting.push(resolve))
      }
    },
  }
}

type Bindable = { bind: (event: string, callback: (data: unknown) => void) => unknown }

/** The next event of this name on a channel, user, watchlist or connection of pusher-js. */
export function next(target: Bindable, event: string): Promise<unknown> {
  return new Promise((resolve) => target.bind(event, resolve))
}

/** Every event of a channel from now on, as [name, data]. */
export function record(channel: Channel) {
  const inbox = createInbox<[string, unknown]>()
  channel.bind_global((event: string, data: unknown) => inbox.add([event, data]))
  return {
    names: () => inbox.items.map(([event]) => event).filter((event) => !event.startsWith('pusher:')),
    has: (name: string) => inbox.find(([event]) => event === name).then(([, data]) => data),
  }
}

/** Subscribes and waits for the server's word; resolves with the error when it is refused. */
export async function subscribe(client: PusherClient, name: string): Promise<Channel> {
  const channel = client.subscribe(name)
  await next(channel, 'pusher:subscription_succeeded')
  return channel
}

export async function statusOf(request: Promise<unknown>): Promise<number> {
  return request.then(
    () => 200,
    (error: unknown) => (error instanceof Pusher.RequestError ? (error.status ?? 0) : Promise.reject(error)),
  )
}

function readFrame(text: string): Frame {
  const frame: Frame = JSON.parse(text)
  const data = typeof frame.data === 'string' ? (parseJson(frame.data) ?? frame.data) : frame.data
  return { ...frame, data }
}

export function readField(data: unknown, field: string): string {
  const entries = Object.entries(typeof data === 'object' && data !== null ? data : {})
  return String(new Map(entries).get(field))
}

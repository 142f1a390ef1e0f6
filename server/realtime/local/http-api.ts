import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { ChannelFacts, Channels } from './channels'
import { CODES, LIMITS } from './limits'
import type { Log } from './log'
import { channelKind, parseJson, splitUrl } from './protocol'
import { type AppCredentials, hashBody, isSameText, signRequest } from './signatures'
import type { Users } from './users'

type HttpApiContext = { app: AppCredentials; channels: Channels; users: Users; now: () => number; log: Log }
type Reply = { status: number; body: object }
type Info = ('subscription_count' | 'user_count' | 'cache')[]

const channelName = z.string().refine((name) => channelKind(name) !== null, 'Channel name not allowed')
const infoShape = z
  .string()
  .transform((text) => text.split(',').filter((part) => part !== ''))
  .pipe(z.array(z.enum(['subscription_count', 'user_count', 'cache'])))
const eventShape = z.object({
  name: z
    .string()
    .min(1)
    .max(LIMITS.eventNameLength)
    .refine((name) => !/^pusher(_internal)?:/.test(name), 'Event name is reserved'),
  data: z.string(),
  socket_id: z
    .string()
    .regex(/^\d+\.\d+$/)
    .optional(),
  info: infoShape.optional(),
})
const eventsShape = eventShape
  .extend({
    channel: channelName.optional(),
    channels: z.array(channelName).min(1).max(LIMITS.channelsPerEvent).optional(),
  })
  .transform(({ channel, channels, ...event }) => ({
    ...event,
    channels: channels ?? (channel ? [channel] : []),
  }))
  .refine((event) => event.channels.length > 0, 'No channel given')
const batchShape = z.object({
  batch: z.array(eventShape.extend({ channel: channelName })).max(LIMITS.eventsPerBatch),
})

/** The signed HTTP API (Channels HTTP API reference): publish, ask about channels, cut users off. */
export function createHttpApi(ctx: HttpApiContext) {
  const { app, channels, users } = ctx

  return (request: IncomingMessage, response: ServerResponse): void => {
    answer(request).then(
      (result) => write(response, result),
      (error: unknown) => {
        ctx.log('error', 'request failed', { path: request.url, error: String(error) })
        write(response, refuse(500, 'Something went wrong'))
      },
    )
  }

  /** The signature is checked before a byte of the body is kept, so strangers cannot fill memory. */
  async function answer(request: IncomingMessage): Promise<Reply> {
    const { path, query } = splitUrl(request.url ?? '/')
    const method = request.method ?? ''
    if (path === '/health') return { status: 200, body: { status: 'ok' } }
    const [, root, appId, ...parts] = path.split('/')
    if (root !== 'apps' || appId !== app.appId) return refuse(404, 'No such app')
    const refusal = whyNotSigned(method, path, query)
    if (refusal) return refuse(401, refusal)
    const resource = decodeParts(parts)
    if (!resource) return refuse(400, 'Path not readable')
    if (method === 'GET') return read(resource, query)
    if (method !== 'POST') return refuse(405, 'Method not allowed')

    const body = await readBody(request)
    if (!body) return refuse(413, `A request holds at most ${LIMITS.requestBytes} bytes`)
    const hash = query.get('body_md5')
    if ((body.length > 0 || hash !== null) && !isSameText(hash ?? '', hashBody(body)))
      return refuse(401, 'body_md5 does not match the body')
    return act(resource, body)
  }

  function whyNotSigned(method: string, path: string, query: URLSearchParams): string | null {
    if (query.get('auth_key') !== app.key) return 'Unknown auth_key'
    if (query.get('auth_version') !== '1.0') return 'Unsupported auth_version'
    const signature = query.get('auth_signature') ?? ''
    if (!isSameText(signature, signRequest(app.secret, method, path, query))) return 'Invalid signature'
    const age = Math.abs(ctx.now() / 1000 - Number(query.get('auth_timestamp') ?? Number.NaN))
    return age <= LIMITS.requestAgeSeconds ? null : 'auth_timestamp is too far from the current time'
  }

  function act(resource: string[], body: Buffer): Reply {
    const [what, id, action, ...rest] = resource
    if (what === 'events' && id === undefined) return publish(parseJson(String(body)))
    if (what === 'batch_events' && id === undefined) return publishBatch(parseJson(String(body)))
    if (what === 'users' && id && action === 'terminate_connections' && rest.length === 0) {
      for (const socket of users.socketsOf(id)) socket.close(CODES.unauthorised, 'Terminated by the app')
      return { status: 200, body: {} }
    }
    return refuse(404, 'Not found')
  }

  function publish(input: unknown): Reply {
    const event = eventsShape.safeParse(input)
    if (!event.success) return refuseInput(event.error)
    const { name, data, socket_id, info = [] } = event.data
    if (isTooLarge(data)) return refuseSize()
    const unique = [...new Set(event.data.channels)]
    for (const channel of unique) channels.publish(channel, name, data, socket_id)
    if (info.length === 0) return { status: 200, body: {} }
    const facts = unique.map((channel) => [channel, pick(channel, info)])
    return { status: 200, body: { channels: Object.fromEntries(facts) } }
  }

  /** All or nothing: one bad event refuses the batch before anything is sent. */
  function publishBatch(input: unknown): Reply {
    const parsed = batchShape.safeParse(input)
    if (!parsed.success) return refuseInput(parsed.error)
    const { batch } = parsed.data
    if (batch.some((event) => isTooLarge(event.data))) return refuseSize()
    for (const { channel, name, data, socket_id } of batch) channels.publish(channel, name, data, socket_id)
    if (batch.every((event) => !event.info?.length)) return { status: 200, body: {} }
    return { status: 200, body: { batch: batch.map((event) => pick(event.channel, event.info ?? [])) } }
  }

  function read(resource: string[], query: URLSearchParams): Reply {
    const [what, name, detail, ...rest] = resource
    const info = infoShape.safeParse(query.get('info') ?? '')
    if (what !== 'channels' || rest.length > 0) return refuse(404, 'Not found')
    if (!info.success) return refuseInput(info.error)
    if (name === undefined) return list(query.get('filter_by_prefix') ?? '', info.data)
    const access = channelKind(name)?.access
    if (!access) return refuse(400, 'Channel name not allowed')
    if (detail === 'users') {
      if (access !== 'presence') return refuse(400, 'Only presence channels have users')
      return { status: 200, body: { users: channels.memberIds(name).map((id) => ({ id })) } }
    }
    if (detail !== undefined) return refuse(404, 'Not found')
    if (info.data.includes('user_count') && access !== 'presence')
      return refuse(400, 'user_count is only for presence channels')
    return { status: 200, body: { occupied: channels.describe(name).occupied, ...pick(name, info.data) } }
  }

  function list(prefix: string, info: Info): Reply {
    if (info.includes('user_count') && !prefix.startsWith('presence-'))
      return refuse(400, 'user_count needs filter_by_prefix=presence-')
    const names = channels.names().filter((name) => name.startsWith(prefix) && !name.startsWith('#'))
    return {
      status: 200,
      body: { channels: Object.fromEntries(names.map((name) => [name, pick(name, info)])) },
    }
  }

  function pick(channel: string, info: Info): Partial<ChannelFacts> {
    const facts = channels.describe(channel)
    return Object.fromEntries(info.map((attribute) => [attribute, facts[attribute]]))
  }
}

function decodeParts(parts: string[]): string[] | null {
  try {
    return parts.map((part) => decodeURIComponent(part))
  } catch {
    return null
  }
}

function isTooLarge(data: string): boolean {
  return Buffer.byteLength(data) > LIMITS.eventDataBytes
}

function refuse(status: number, error: string): Reply {
  return { status, body: { error } }
}

function refuseSize(): Reply {
  return refuse(413, `The data of an event holds at most ${LIMITS.eventDataBytes} bytes`)
}

function refuseInput(error: z.ZodError): Reply {
  return refuse(400, error.issues[0]?.message ?? 'Invalid request')
}

/** The whole body, or null when it is larger than any legal request: the rest is read, but not kept. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size <= LIMITS.requestBytes) chunks.push(chunk)
  }
  return size <= LIMITS.requestBytes ? Buffer.concat(chunks) : null
}

function write(response: ServerResponse, { status, body }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

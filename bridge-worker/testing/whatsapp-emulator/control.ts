/** The emulator's actions over HTTP on loopback: `POST /reg-refresh {"on": true}`, `GET /inbox?customer=57...`. */
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import type { EmulatorActions } from './actions'
import { WaitTimeout } from './journal'

const number = z.string().regex(/^\d{6,15}$/, 'digits with country code')
const addressing = z.enum(['lid', 'pn']).optional()
const id = z.string().min(1).optional()
const nothing = z.object({})
const timeoutMs = z.coerce.number().positive().optional()

type InputOf<Name extends keyof EmulatorActions> =
  Parameters<EmulatorActions[Name]> extends [] ? object : NonNullable<Parameters<EmulatorActions[Name]>[0]>

const file = z.object({
  kind: z.enum(['image', 'video', 'gif', 'audio', 'voice', 'document', 'sticker']),
  base64: z.base64(),
  mediaType: z.string(),
  caption: z.string().optional(),
  fileName: z.string().optional(),
  seconds: z.number().optional(),
  waveform: z.array(z.number()).optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  thumbnail: z.base64().optional(),
  viewOnce: z.boolean().optional(),
})

const say = z.object({
  to: number,
  from: number,
  name: z.string().optional(),
  text: z.string(),
  bytes: z.base64().optional(),
  message: z.record(z.string(), z.unknown()).optional(),
  file: file.optional(),
  addressing,
  hideOtherAddress: z.boolean().optional(),
  id,
  isDamaged: z.boolean().optional(),
})

/** One door per action; what enters is parsed here and trusted behind. */
const schemas = {
  scan: z.object({ qr: z.string(), phone: number }),
  regRefresh: z.object({ on: z.boolean() }),
  expireRefs: nothing,
  say: z.union([say, z.array(say)]),
  phoneSays: z.object({ phone: number, to: number, text: z.string(), file: file.optional(), addressing, id }),
  call: z.object({
    to: number,
    from: number,
    video: z.boolean().optional(),
    outcome: z.enum(['missed', 'rejected', 'answered']),
    seconds: z.int().nonnegative().optional(),
  }),
  groupSays: z.object({ to: number, from: number, group: z.string().optional() }),
  receipt: z.object({
    customer: number,
    type: z.enum(['delivered', 'read']),
    ids: z.array(z.string()).optional(),
    from: number.optional(),
  }),
  autoDeliver: z.object({ on: z.boolean() }),
  refuse: z.object({ phone: number, customer: number.optional(), code: z.int().nullable() }),
  forgetSessions: z.object({ customer: number, phone: number }),
  setOnWhatsApp: z.object({ number, on: z.boolean() }),
  expireFiles: nothing,
  cutFiles: z.object({ on: z.boolean() }),
  drop: z.object({ phone: number }),
  mute: z.object({ phone: number }),
  deafen: z.object({ phone: number }),
  logout: z.object({ phone: number }),
  fail: z.object({ code: z.int(), phone: number.optional(), nextLogins: z.int().positive().optional() }),
  stanza: z.object({
    phone: number,
    tag: z.string(),
    attrs: z.record(z.string(), z.string()),
    text: z.string().optional(),
  }),
  inbox: z.object({ customer: number }),
  sent: z.object({ phone: number.optional() }),
  stats: nothing,
  events: z.object({ after: z.coerce.number().optional() }),
  addresses: z.object({ number }),
  wait: z.discriminatedUnion('what', [
    z.object({ what: z.enum(['online', 'offline']), phone: number, timeoutMs }),
    z.object({ what: z.literal('acknowledged'), phone: number.optional(), timeoutMs }),
    z.object({ what: z.literal('inbox'), customer: number, count: z.coerce.number(), timeoutMs }),
    z.object({ what: z.literal('event'), name: z.string(), after: z.coerce.number().optional(), timeoutMs }),
  ]),
} satisfies { [Name in keyof EmulatorActions]: z.ZodType<InputOf<Name>> }

export const actionNames = Object.keys(schemas)

type Door = { parse(input: unknown): unknown; run(input: unknown): unknown }

function makeDoors(actions: EmulatorActions): Map<string, Door> {
  const doors = new Map<string, Door>()
  for (const [name, schema] of Object.entries(schemas)) {
    // `satisfies` above pairs each schema with the action of its name, so what it parses is what the action takes.
    const run = actions[name as keyof EmulatorActions] as (input: unknown) => unknown
    doors.set(pathOf(name), { parse: (input) => schema.parse(input), run })
  }
  return doors
}

/** regRefresh -> /reg-refresh */
export function pathOf(name: string): string {
  return `/${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

export async function serveControl(actions: EmulatorActions, port: number) {
  const doors = makeDoors(actions)

  const handle = async (request: IncomingMessage): Promise<{ status: number; body: unknown }> => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const door = doors.get(url.pathname)
    if (!door)
      return { status: 404, body: { error: `No action ${url.pathname}`, actions: [...doors.keys()] } }
    try {
      const input = request.method === 'GET' ? Object.fromEntries(url.searchParams) : await readJson(request)
      return { status: 200, body: (await door.run(door.parse(input))) ?? null }
    } catch (error) {
      if (error instanceof WaitTimeout) return { status: 408, body: { error: error.message } }
      const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error)
      return { status: 400, body: { error: reason } }
    }
  }

  const server = createServer((request, response) => {
    void handle(request).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      const closed = once(server, 'close')
      server.close()
      await closed
    },
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return chunks.length ? JSON.parse(Buffer.concat(chunks).toString()) : {}
}

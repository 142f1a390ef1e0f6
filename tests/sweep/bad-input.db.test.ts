import { beforeAll, describe, expect, test } from 'vitest'
import { call, procedures } from './call'
import { type Ask, callRoute, findRoutes, type Route } from './call-route'
import { rules } from './rules'
import { makeWorld, type World } from './world'

let world: World
let routes: Route[]

beforeAll(async () => {
  world = await makeWorld()
  routes = await findRoutes()
})

const NO_TEXT = '\u0000\ud800 nulo'
/** Near the largest body that the door lets in. */
const LONG = 'x'.repeat(900_000)

type Path = readonly (string | number)[]

/** Every text of an input, however deep. */
function textsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'string') return [path]
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, inner]) =>
    textsOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  )
}

function changed(value: unknown, [key, ...rest]: Path, change: (text: string) => string): unknown {
  if (key === undefined) return change(String(value))
  if (value === null || typeof value !== 'object') return value
  const inner = changed(Reflect.get(value, key), rest, change)
  if (Array.isArray(value)) return value.with(Number(key), inner)
  return { ...value, [key]: inner }
}

const withInput = procedures.filter(({ name }) => rules[name]?.input)

/** What a caller who may is told when one text of the input is replaced; a fresh input for each. */
async function answersOf(procedure: (typeof procedures)[number], change: (text: string) => string) {
  const makeInput = async () => rules[procedure.name]?.input?.(world)
  const answers: { field: string; status: number; text: string }[] = []
  for (let place = 0; ; place += 1) {
    const fresh = await makeInput()
    const path = textsOf(fresh)[place]
    if (!path) return answers
    const headers = await world.members.owner.headers()
    // Each is somebody new to the limits of attempts.
    headers.set('x-real-ip', `bad-${procedure.name}-${path.join('.')}`)
    const input = changed(fresh, path, change)
    answers.push({ field: path.join('.'), ...(await call(procedure, input, headers)) })
  }
}

describe.each(withInput)('$name', (procedure) => {
  test('takes or refuses what no database keeps, and is never at fault', async () => {
    for (const { field, status, text } of await answersOf(procedure, (was) => was + NO_TEXT))
      expect(status, `${field}: ${text}`).toBeLessThan(500)
  })

  test('refuses a text of a megabyte and names the field', async () => {
    for (const { field, status, text } of await answersOf(procedure, () => LONG)) {
      expect(status, field).toBeGreaterThanOrEqual(400)
      expect(status, `${field}: ${text}`).toBeLessThan(500)
      expect(text.length, field).toBeLessThan(10_000)
      expect(JSON.parse(text).error.json.data).toMatchObject({ field: expect.stringContaining(field) })
    }
  })
})

test('a message that is too long is refused by name of the field and of the reason', async () => {
  const send = { name: 'conversations.send', kind: 'mutation' } as const
  const headers = await world.members.owner.headers()
  const input = { conversationId: world.conversationId, messageId: crypto.randomUUID(), note: false }
  const { status, text } = await call(send, { ...input, text: LONG }, headers)
  expect([status, JSON.parse(text).error.json.data]).toEqual([
    400,
    expect.objectContaining({ reason: 'textTooLong', field: 'text' }),
  ])
})

const BROKEN = [
  ['nothing', ''],
  ['half of a JSON', '{"json":'],
  ['null', 'null'],
  ['a list', '[]'],
  ['a number', '7'],
  ['a text', '"json"'],
  ['an unknown kind of value', '{"json":{"a":1},"meta":{"values":{"a":["no-such"]}}}'],
  ['a prototype', '{"json":{"__proto__":{"a":1}},"meta":{"values":{"__proto__.a":["Date"]}}}'],
  ['deep nesting', `{"json":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
  ['a NUL and half a pair', '{"json":{"text":"\\u0000\\ud800"}}'],
] as const

const DOORS: [string, Ask][] = [
  ['POST /api/trpc/[trpc]', { path: '/api/trpc/conversations.send' }],
  ['POST /api/trpc/[trpc]', { path: '/api/trpc/conversations.send,menus.publish?batch=1' }],
  ['POST /api/trpc/[trpc]', { path: '/api/trpc/no.such' }],
  ['POST /api/auth/[...nextauth]', { path: '/api/auth/callback/credentials' }],
  ['POST /api/auth/[...nextauth]', { path: '/api/auth/signout' }],
  ['POST /api/pusher/auth', {}],
  ['POST /api/pusher/user', {}],
]

async function knock(name: string, ask: Ask) {
  const route = routes.find((one) => one.name === name)
  if (!route) throw new Error(`there is no ${name}`)
  const headers = await world.members.owner.headers()
  headers.set('origin', 'http://localhost:3000')
  return callRoute(route, ask, headers)
}

describe.each(DOORS)('%s %o', (name, ask) => {
  test.each(BROKEN)('answers %s without a fault of its own', async (_, raw) => {
    const { status, text } = await knock(name, { ...ask, raw })
    expect(status, text).toBeLessThan(500)
    expect(text).not.toMatch(/\bat .*\.(ts|js):\d/)
  })

  test('does not read ten megabytes', async () => {
    const { status, text } = await knock(name, { ...ask, raw: `{"json":"${'x'.repeat(10_000_000)}"}` })
    expect(status).toBe(413)
    expect(text).toContain('tooLarge')
  })
})

test.each(['{', 'null', '{"json":{"conversationId":"\\u0000"}}', '%E0%A4%A'])(
  'a question that reads %s is refused as such',
  async (input) => {
    const path = `/api/trpc/conversations.get?input=${encodeURIComponent(input)}`
    const { status, text } = await knock('GET /api/trpc/[trpc]', { path })
    expect(status).toBe(400)
    expect(JSON.parse(text).error.json.data.reason).toBe('invalid')
  },
)

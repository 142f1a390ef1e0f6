import { beforeAll, describe, expect, test } from 'vitest'
import { lookUpAccess } from '@/server/access/membership'
import { readSessionToken } from '@/server/auth/session-token'
import type { Role } from '@/server/kernel/context'
import { CHANGING, callRoute, findRoutes, type Route, type RouteAnswer } from './call-route'
import { type Asker, routeRules, type Sample } from './route-rules'
import { CANARY, fingerprintOf, makeWorld, type World } from './world'

const ROLES: readonly Role[] = ['owner', 'admin', 'supervisor', 'agent']
/** Whatever a door answers to who may not pass: unknown, not allowed, or not there. */
const CLOSED = [401, 403, 404]

const routes = await findRoutes()
let world: World

beforeAll(async () => {
  world = await makeWorld()
})

test('every method of every route says who may ask, and no rule outlives its route', () => {
  const names = routes.map(({ name }) => name)
  expect({
    withoutRule: names.filter((name) => Object.keys(routeRules[name] ?? {}).length === 0),
    withoutRoute: Object.keys(routeRules).filter((name) => !names.includes(name)),
  }).toEqual({ withoutRule: [], withoutRoute: [] })
})

const samples = routes.flatMap((route) =>
  Object.entries(routeRules[route.name] ?? {}).map(([what, sample]) => ({
    name: route.name,
    route,
    what,
    sample,
  })),
)

const ownPage = (headers: Headers) => headersWith(headers, { origin: 'http://localhost:3000' })

function headersWith(headers: Headers, more: Record<string, string>): Headers {
  const all = new Headers(headers)
  for (const [name, value] of Object.entries(more)) all.set(name, value)
  return all
}

/** Everybody who is not of the company, with what they would send. */
async function outsiders(): Promise<Record<string, Headers>> {
  const { slug } = world.company
  const stranger = await world.stranger.headers()
  return {
    nobody: new Headers({ 'x-company': slug, 'x-real-ip': `sweep-${Math.random()}` }),
    'signed out': await world.revokedHeaders(),
    removed: await world.removed.headers(),
    'another company': headersWith(stranger, { 'x-company': slug }),
    'no company': headersWith(stranger, { 'x-company': 'no-such-company' }),
  }
}

/** Asks in each one's name, and sees that nothing of the company is told or changed, nor a session given. */
async function askInVain(route: Route, sample: Sample, callers: Record<string, Headers>) {
  const ask = await sample.ask(world)
  const before = await fingerprintOf(world.company.tenantId)
  const answers: [string, RouteAnswer][] = []
  for (const [who, headers] of Object.entries(callers)) {
    answers.push([who, await callRoute(route, ask, headers)])
  }
  expect(await fingerprintOf(world.company.tenantId), 'nothing is changed').toBe(before)
  for (const [who, { text, cookies }] of answers) {
    expect(text, `${who} reads`).not.toMatch(CANARY)
    const session = await readSessionToken(cookies.join('; '))
    const access = session && (await lookUpAccess(session, world.company.slug))
    expect(access?.membership ?? null, `${who} gets a session that opens the company`).toBeNull()
  }
  return Object.fromEntries(answers.map(([who, { status }]) => [who, status]))
}

const areClosed = (statuses: Record<string, number>) =>
  expect(Object.entries(statuses).filter(([, status]) => !CLOSED.includes(status))).toEqual([])

const forAnyone = samples.filter(({ sample }) => sample.open === 'anyone')
const forSome = samples.flatMap(({ sample: { open, ...sample }, ...rest }) =>
  open === 'anyone' ? [] : [{ ...rest, sample: { ...sample, open }, open }],
)
const changing = samples.filter(({ route }) => CHANGING.includes(route.method))

describe.each(forAnyone)('$name: $what', ({ route, sample }) => {
  test('tells nobody anything of a company', async () => {
    const pages = Object.entries(await outsiders()).map(([who, headers]) => [who, ownPage(headers)] as const)
    const statuses = await askInVain(route, sample, Object.fromEntries(pages))
    expect(
      Object.entries(statuses).filter(([, status]) => status >= 500 && status !== sample.mayAnswer),
    ).toEqual([])
  })
})

describe.each(forSome)('$name: $what', ({ route, sample, open }) => {
  const headersOf = async (asker: Asker) =>
    ownPage(await (asker === 'stranger' ? world.stranger : world.members[asker]).headers())
  const mayNot = ([...ROLES, 'stranger'] as const).filter((asker) => !open.includes(asker))

  test('is closed to nobody, to who signed out, to who was removed and to another company', async () => {
    const pages = Object.entries(await outsiders()).map(([who, headers]) => [who, ownPage(headers)] as const)
    areClosed(await askInVain(route, sample, Object.fromEntries(pages)))
  })

  test('is open to whom it says, and to no other', async () => {
    const closedTo = await Promise.all(mayNot.map(async (asker) => [asker, await headersOf(asker)] as const))
    areClosed(await askInVain(route, sample, Object.fromEntries(closedTo)))
    for (const asker of open) {
      const answer = await callRoute(route, await sample.ask(world), await headersOf(asker))
      expect(answer.status, `${asker}: ${answer.text}`).toBe(sample.answers ?? 200)
      if (asker === 'stranger')
        expect(answer.text).not.toMatch(new RegExp(`canario|${world.company.tenantId}`, 'i'))
    }
  })
})

describe.each(changing)('$name: $what', ({ route, sample }) => {
  test('is refused to a page of another site, and to a program that names none, with an owner’s cookie', async () => {
    const owner = await world.members.owner.headers()
    const statuses = await askInVain(route, sample, {
      'another site': headersWith(owner, { origin: 'https://evil.example' }),
      'a program': owner,
    })
    expect(statuses).toEqual({ 'another site': 403, 'a program': 403 })
  })
})

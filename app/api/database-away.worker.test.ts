import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { realtimeChannel } from '@/server/realtime/events'
import { type DatabaseDoor, openDatabaseDoor } from '@/tests/support/database-door'
import { createCompany, PASSWORD, type TestCompany } from '@/tests/support/factories'
import { ownDatabase } from '@/tests/support/own-database'
import { type Ask, callRoute, findRoutes } from '@/tests/sweep/call-route'

let database: Awaited<ReturnType<typeof ownDatabase>>
let door: DatabaseDoor
let company: TestCompany
let headers: Headers
const realtime = createServer((_, response) => response.end())

beforeAll(async () => {
  database = await ownDatabase()
  door = await openDatabaseDoor(database.env.DATABASE_APP_URL ?? '')
  for (const [name, url] of Object.entries(database.env)) process.env[name] = door.through(url)
  await new Promise<void>((resolve) => realtime.listen(0, '127.0.0.1', resolve))
  process.env.PUSHER_PORT = String((realtime.address() as AddressInfo).port)
  company = await createCompany()
  headers = await company.owner.headers()
  headers.set('origin', 'http://localhost:3000')
}, 60_000)

afterAll(async () => {
  await door?.close()
  await database?.drop()
  await new Promise((resolve) => realtime.close(resolve))
})

async function ask(name: string, what: Ask, as = headers) {
  const route = (await findRoutes()).find((one) => one.name === name)
  if (!route) throw new Error(`there is no ${name}`)
  const { status, text, cookies } = await callRoute(route, what, as)
  return { status, body: JSON.parse(text), cookies }
}

async function signIn() {
  const csrf = await ask('GET /api/auth/[...nextauth]', { path: '/api/auth/csrf' })
  const mine = new Headers({ origin: 'http://localhost:3000', cookie: csrf.cookies[0]?.split(';')[0] ?? '' })
  const { email } = company.owner
  const form = { email, password: PASSWORD, csrfToken: csrf.body.csrfToken, json: 'true' }
  return ask('POST /api/auth/[...nextauth]', { path: '/api/auth/callback/credentials', form }, mine)
}

const askAll = async () => ({
  query: await ask('GET /api/trpc/[trpc]', { path: '/api/trpc/conversations.counts' }),
  command: await ask('POST /api/trpc/[trpc]', {
    path: '/api/trpc/channels.rename',
    json: { json: { channelId: company.channelId, name: 'Mostrador' } },
  }),
  subscription: await ask('POST /api/pusher/auth', {
    form: { socket_id: '12.34', channel_name: realtimeChannel.supervision(company.tenantId) },
  }),
  signIn: await signIn(),
  health: await ask('GET /api/health', {}),
})

test('while the database is away every door says so in words, and all is well when it is back', async () => {
  const before = await askAll()
  expect([before.query.status, before.command.status, before.subscription.status]).toEqual([200, 200, 200])
  expect(before.signIn.status).toBe(200)
  expect(before.health.body).toMatchObject({ database: true })

  door.shut()
  const away = await askAll()
  for (const answer of [away.query, away.command]) {
    expect(answer.status).toBe(503)
    expect(answer.body.error.json).toMatchObject({
      message: 'databaseAway',
      data: { reason: 'databaseAway', field: null },
    })
  }
  expect(away.subscription).toMatchObject({ status: 503, body: { error: 'databaseAway' } })
  expect(away.signIn.body.url).toContain('databaseAway')
  expect(away.health.status).toBe(503)
  expect(away.health.body).toMatchObject({ site: true, database: false, worker: false, realtime: true })

  door.open()
  const back = await askAll()
  expect([back.query.status, back.command.status, back.subscription.status]).toEqual([200, 200, 200])
  expect(back.health.body).toMatchObject({ database: true })
})

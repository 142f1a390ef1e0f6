import '@/tests/support/setup-database'
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isPassword } from '@/server/auth/passwords'
import { subStateOf } from '@/server/conversations/rules'
import type { ConversationState } from '@/server/conversations/schema'
import { rollupsOf } from '@/server/facts/commands'
import { closeDatabase, forTenant, systemDb } from '@/server/kernel/database'
import { checkMenu } from '@/server/menu/rules'
import { menuDefinitionSchema } from '@/server/menu/schema'
import logins from './logins.json'
import { seedDemo } from './seed-demo'
import type { Company } from './story'

/** A Wednesday, three in the afternoon in Medellín. */
const NOW = new Date('2026-03-18T20:00:00Z')
const PASSWORD = 'azul-tigre-4821'
const suffix = randomBytes(3).toString('hex')

// A database of its own: the story's clock sweeps timers, which go over all companies.
const database = `ikono_seed_${suffix}`
const onServer = async (statement: string) => {
  const client = new pg.Client({ connectionString: process.env.TEST_DATABASE_ADMIN_URL })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
const elsewhere = (url: string | undefined) => Object.assign(new URL(url ?? ''), { pathname: database }).href

let demo: { optica: Company; panaderia: Company }
const progress: { done: number; total: number }[] = []

beforeAll(async () => {
  await onServer(`CREATE DATABASE ${database} TEMPLATE ${process.env.TEST_DATABASE_TEMPLATE}`)
  process.env.DATABASE_APP_URL = elsewhere(process.env.TEST_DATABASE_APP_URL)
  process.env.DATABASE_SYSTEM_URL = elsewhere(process.env.TEST_DATABASE_SYSTEM_URL)
  process.env.DATABASE_OWNER_URL = elsewhere(process.env.TEST_DATABASE_OWNER_URL)
  demo = await seedDemo({
    nameSuffix: ` ${suffix}`,
    emailSuffix: '',
    password: PASSWORD,
    now: NOW,
    scale: 0.3,
    onProgress: (at) => progress.push(at),
  })
}, 90_000)

afterAll(async () => {
  await closeDatabase()
  await onServer(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
})

const dbOf = ({ tenantId }: Company) => forTenant(tenantId)
const conversationsOf = (company: Company) =>
  dbOf(company).conversation.findMany({ where: { tenantId: company.tenantId }, include: { assignee: true } })
const isState = (state: string): state is ConversationState =>
  ['open', 'pending', 'follow-up', 'resolved'].includes(state)

test('every state is there, and every kind of open chat that the product can make', async () => {
  const conversations = await conversationsOf(demo.optica)
  const states = new Map<string, number>()
  for (const conversation of conversations) {
    if (!isState(conversation.state)) throw new Error(`no such state: ${conversation.state}`)
    const sub = subStateOf({ ...conversation, state: conversation.state })
    const name = sub ? `open: ${sub}` : conversation.state
    states.set(name, (states.get(name) ?? 0) + 1)
  }
  expect(Object.fromEntries(states)).toEqual({
    pending: 9,
    'follow-up': 6,
    'open: line': 3,
    'open: phone': 1,
    'open: abandoned': 3,
    'open: menu': 2,
    resolved: expect.any(Number),
  })
  expect(states.get('resolved')).toBeGreaterThan(30)
})

test('the first agent finds the waits of the story, the longest first', async () => {
  const mine = (await conversationsOf(demo.optica)).filter(
    ({ assignee, state }) => assignee?.name === 'Marisol Quintero' && state === 'pending',
  )
  const minutes = mine.map(({ waitingSince }) => Math.round((NOW.getTime() - Number(waitingSince)) / 60_000))
  expect(minutes.sort((left, right) => right - left)).toEqual([12, 9, 6, 3])
})

test('what waits in line stays there when it is offered, because nobody of its team is there', async () => {
  const { tenantId } = demo.optica
  const waiting = await dbOf(demo.optica).conversation.findMany({
    where: { tenantId, lineSince: { not: null }, resolvedAt: null },
    include: { team: { include: { members: { include: { member: true } } } } },
  })
  const people = waiting.flatMap(({ team }) => team?.members.map(({ member }) => member.availability))
  expect(new Set(people)).toEqual(new Set(['away']))
})

test('some chats were resolved today, and customers have earlier chats', async () => {
  const conversations = await conversationsOf(demo.optica)
  const today = new Date('2026-03-18T05:00:00Z')
  expect(conversations.filter(({ resolvedAt }) => resolvedAt && resolvedAt >= today).length).toBeGreaterThan(
    2,
  )
  expect(conversations.filter(({ previousId }) => previousId !== null).length).toBeGreaterThan(10)
})

test('loads equal a recount', async () => {
  for (const company of [demo.optica, demo.panaderia]) {
    const loads = await dbOf(company).memberLoad.findMany({ where: { tenantId: company.tenantId } })
    const unresolved = (await conversationsOf(company)).filter(({ resolvedAt }) => !resolvedAt)
    for (const { memberId, active, capacity } of loads) {
      expect(active).toBe(unresolved.filter(({ assigneeId }) => assigneeId === memberId).length)
      expect(active).toBeLessThanOrEqual(capacity)
    }
  }
})

test('rollups equal a recount of the events', async () => {
  for (const company of [demo.optica, demo.panaderia]) {
    const { tenantId } = company
    const db = dbOf(company)
    const events = await db.conversationEvent.findMany({ where: { tenantId } })
    const day = (date: Date) => date.toISOString().slice(0, 10)
    const counted = rollupsOf(
      tenantId,
      events.map((event) => ({ ...event, day: day(event.day) })),
    )
    const stored = (await db.dailyRollup.findMany({ where: { tenantId } })).map(
      ({ tenantId: _, day: on, responseSeconds, waitSeconds, firstResponseSeconds, ...rest }) => ({
        ...rest,
        day: day(on),
        responseSeconds: Number(responseSeconds),
        waitSeconds: Number(waitSeconds),
        firstResponseSeconds: Number(firstResponseSeconds),
      }),
    )
    const byKey = new Map(stored.map((row) => [`${row.dimension} ${row.day} ${row.dimensionId}`, row]))
    expect(counted.length).toBeGreaterThan(10)
    for (const row of counted) {
      expect(byKey.get(`${row.dimension} ${row.day} ${row.dimensionId}`)).toEqual(row)
    }
  }
})

test('nothing waits to be sent, told, taken or done', async () => {
  const counts = await Promise.all([
    systemDb().outbox.count(),
    systemDb().announcement.count(),
    systemDb().inboundJournal.count(),
    systemDb().message.count({ where: { status: 'queued' } }),
    systemDb().conversation.count({ where: { previewStatus: 'queued' } }),
    systemDb().conversation.count({ where: { nextTimerAt: { lte: NOW } } }),
  ])
  expect(counts).toEqual([0, 0, 0, 0, 0, 0])
  const owner = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL })
  await owner.connect()
  const { rows } = await owner
    .query('SELECT count(*)::int AS jobs FROM graphile_worker.jobs')
    .finally(() => owner.end())
  expect(rows).toEqual([{ jobs: 0 }])
})

test('each chat begins with its opening, goes forward in time, and ends before now', async () => {
  const { tenantId } = demo.optica
  const events = await dbOf(demo.optica).conversationEvent.findMany({
    where: { tenantId },
    orderBy: [{ conversationId: 'asc' }, { id: 'asc' }],
  })
  for (const conversationId of new Set(events.map((event) => event.conversationId))) {
    const story = events.filter((event) => event.conversationId === conversationId)
    expect(story[0]?.type).toBe('opened')
    for (const [place, { at }] of story.entries()) {
      expect(at.getTime()).toBeGreaterThanOrEqual(story[place - 1]?.at.getTime() ?? 0)
      expect(at.getTime()).toBeLessThanOrEqual(NOW.getTime())
    }
  }
})

test('every report has something to show', async () => {
  const { tenantId } = demo.optica
  const types = await dbOf(demo.optica).conversationEvent.groupBy({ by: ['type'], where: { tenantId } })
  expect(types.map(({ type }) => type).sort()).toEqual(
    [
      ...[
        'abandoned',
        'answered',
        'answered-on-phone',
        'assigned',
        'first-answered',
        'incoming',
        'line-entered',
      ],
      ...['menu-asked', 'menu-missed', 'new-contact', 'opened', 'option-chosen', 'passed-on', 'resolved'],
      'resolution-undone',
    ].sort(),
  )
  const statuses = await dbOf(demo.optica).message.groupBy({
    by: ['status'],
    where: { tenantId, direction: 'out' },
  })
  expect(statuses.map(({ status }) => status).sort()).toEqual(['delivered', 'failed', 'read', 'sent'])
  expect(await dbOf(demo.optica).message.count({ where: { tenantId, direction: 'note' } })).toBeGreaterThan(2)
})

test('nobody real is written to: names have no number of a subscriber, and no place holder is left', async () => {
  const contacts = await systemDb().contact.findMany()
  for (const { phone } of contacts) expect(phone).toMatch(/^573\d\d55501\d\d$/)
  expect(new Set(contacts.map(({ phone }) => phone)).size).toBe(contacts.length)
  expect(await systemDb().message.count({ where: { OR: [{ text: { contains: '{' } }, { text: '' }] } })).toBe(
    0,
  )
})

test('unread is only what waits for an answer', async () => {
  const { tenantId } = demo.optica
  const reads = await dbOf(demo.optica).conversationRead.findMany({ where: { tenantId } })
  for (const { id, inboundCount, waitingSince, resolvedAt } of await conversationsOf(demo.optica)) {
    const seen = reads.find(({ conversationId }) => conversationId === id)?.inboundCount ?? 0
    if (resolvedAt || !waitingSince) expect(seen).toBe(inboundCount)
    else expect(seen).toBeLessThan(inboundCount)
  }
})

test('the published menu has no faults', async () => {
  const { tenantId, channel, teams } = demo.optica
  const menu = await dbOf(demo.optica).menu.findUniqueOrThrow({
    where: { tenantId_id: { tenantId, id: channel.menuId ?? '' } },
    include: { versions: true },
  })
  const published = menu.versions.find(({ id }) => id === menu.publishedId)
  const definition = menuDefinitionSchema.parse(published?.definition)
  expect(checkMenu(definition, [...teams.values()])).toEqual([])
  expect(definition.screens.length).toBeGreaterThan(1)
})

test('the logins that the start prints open the door', async () => {
  for (const { email, role } of logins) {
    const user = await systemDb().user.findUniqueOrThrow({ where: { email }, include: { memberships: true } })
    expect(user.memberships.map((membership) => membership.role)).toEqual([role])
    expect(await isPassword(user.passwordHash, PASSWORD)).toBe(true)
  }
})

test('the two companies share no customer, and progress is told to the end', async () => {
  const contacts = await dbOf(demo.panaderia).contact.findMany()
  expect(new Set(contacts.map(({ tenantId }) => tenantId))).toEqual(new Set([demo.panaderia.tenantId]))
  expect(contacts).toHaveLength(4)
  expect(progress.at(-1)).toEqual({ done: progress.at(-1)?.total, total: progress.at(-1)?.total })
})

import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { listChannels } from '@/server/channels/queries'
import { conversationDetails, listConversations, viewCounts } from '@/server/conversations/queries'
import { setAvailability } from '@/server/members/commands'
import { listMembers, listTeams } from '@/server/members/queries'
import { createTeam, renameTeam } from '@/server/members/teams'
import { getMenu, listMenus } from '@/server/menu/queries'
import { readCompany } from '@/server/tenants/queries'
import { customerSays } from '@/tests/support/customer'
import { testDatabase } from '@/tests/support/database'
import { createCompany, type TestCompany } from '@/tests/support/factories'
import type { TenantContext } from './context'
import { asTenantId, forTenant, queryAs, type TenantId } from './database'
import { newId } from './ids'

const COMPANIES = 10
const CALLS = 200

let companies: { tenantId: TenantId; contactId: string }[] = []

/** Ten companies as bare as the question needs: whose rows come back. */
beforeAll(async () => {
  companies = await Promise.all(
    Array.from({ length: COMPANIES }, async () => {
      const tenantId = asTenantId(newId())
      const contactId = newId()
      await forTenant(tenantId).contact.createMany({
        data: [
          { tenantId, id: contactId, name: `of ${tenantId}` },
          { tenantId, id: newId(), name: `of ${tenantId}` },
        ],
      })
      return { tenantId, contactId }
    }),
  )
})

type Row = { tenantId: string }

const ways: [string, (tenantId: TenantId, contactId: string) => Promise<Row[]>][] = [
  ['findMany without a where', (tenantId) => forTenant(tenantId).contact.findMany()],
  [
    'findUnique, which Prisma gathers per tick',
    async (tenantId, id) => {
      const row = await forTenant(tenantId).contact.findUnique({ where: { tenantId_id: { tenantId, id } } })
      return row ? [row, row] : []
    },
  ],
  [
    'a batch transaction',
    async (tenantId) => {
      const db = forTenant(tenantId)
      const [all, some] = await db.$transaction([
        db.contact.findMany({ take: 1 }),
        db.contact.findMany({ skip: 1 }),
      ])
      return [...all, ...some]
    },
  ],
  [
    'an interactive transaction',
    (tenantId) => forTenant(tenantId).$transaction((tx) => tx.contact.findMany()),
  ],
  [
    'raw SQL through Prisma',
    (tenantId) => forTenant(tenantId).$queryRaw<Row[]>`SELECT "tenantId" FROM contact`,
  ],
  [
    'raw SQL past Prisma',
    async (tenantId) => (await queryAs<Row>(tenantId, 'SELECT "tenantId" FROM contact')).rows,
  ],
]

async function askTogether(way: (typeof ways)[number][1]): Promise<{ foreign: number; wrong: number }> {
  const calls = Array.from({ length: CALLS }, (_, index) => companies[index % COMPANIES]).flatMap(
    (company) => (company ? [company] : []),
  )
  const answers = await Promise.all(
    calls.map(async ({ tenantId, contactId }) => {
      const rows = await way(tenantId, contactId)
      return { rows: rows.length, foreign: rows.filter((row) => row.tenantId !== tenantId).length }
    }),
  )
  return {
    foreign: answers.reduce((sum, answer) => sum + answer.foreign, 0),
    wrong: answers.filter((answer) => answer.rows !== 2).length,
  }
}

test.each(ways)('two hundred calls at once of ten companies each get their own rows: %s', async (_, way) => {
  expect(await askTogether(way)).toEqual({ foreign: 0, wrong: 0 })
})

test('and all the ways at the same moment', async () => {
  const outcomes = await Promise.all(ways.map(([, way]) => askTogether(way)))
  expect(outcomes).toEqual(ways.map(() => ({ foreign: 0, wrong: 0 })))
})

test('a refused statement between others leaves the connection with nobody’s name on it', async () => {
  const [first] = companies
  const tenantId = first?.tenantId ?? asTenantId(newId())
  const calls = Array.from({ length: 100 }, (_, index) =>
    index % 2 === 0
      ? queryAs(tenantId, 'SELECT 1 / 0').then(
          () => 'no',
          () => 'refused',
        )
      : forTenant(asTenantId(newId())).contact.count().then(String),
  )
  expect(new Set(await Promise.all(calls))).toEqual(new Set(['refused', '0']))
})

test('a connection that names no company sees no rows at all', async () => {
  const client = new pg.Client({ connectionString: testDatabase().appUrl })
  await client.connect()
  const tables = ['tenant', 'contact', 'membership', 'conversation', 'message']
  const counts: number[] = []
  for (const table of tables) {
    const { rows } = await client.query<{ count: number }>(`SELECT count(*)::int AS count FROM "${table}"`)
    counts.push(rows[0]?.count ?? -1)
  }
  await client.end()
  expect(counts).toEqual(tables.map(() => 0))
})

test('a row for another company is refused, and so is moving one there', async () => {
  const [mine, other] = companies
  if (!mine || !other) throw new Error('ten companies were made')
  const db = forTenant(mine.tenantId)
  await expect(
    db.contact.create({ data: { tenantId: other.tenantId, id: newId(), name: 'smuggled' } }),
  ).rejects.toThrow()
  await expect(
    db.$executeRaw`UPDATE contact SET "tenantId" = ${other.tenantId}::uuid WHERE id = ${mine.contactId}::uuid`,
  ).rejects.toThrow()
  expect(await db.contact.updateMany({ where: { tenantId: other.tenantId }, data: { name: 'x' } })).toEqual({
    count: 0,
  })
  expect(await db.contact.deleteMany({ where: { tenantId: other.tenantId } })).toEqual({ count: 0 })
})

test('the app role cannot read the directories that belong to no company', async () => {
  const tenantId = asTenantId(newId())
  for (const table of ['user', 'user_session', 'password_reset', 'rate_limit', 'worker']) {
    await expect(queryAs(tenantId, `SELECT * FROM "${table}"`), table).rejects.toThrow(/permission denied/)
  }
})

test('what was written down cannot be rewritten: audit and events', async () => {
  const tenantId = asTenantId(newId())
  for (const table of ['audit_entry', 'conversation_event', 'channel_state_change']) {
    await expect(queryAs(tenantId, `DELETE FROM "${table}"`), table).rejects.toThrow(/permission denied/)
  }
})

const LUZ = { id: 'luz', name: 'Luz Canario' }

/** A mistake in our own code: a context that says one company and holds the connection of another. */
function forge(named: TestCompany, bound: TestCompany): TenantContext {
  return { ...named.ownerCtx, db: bound.ownerCtx.db }
}

const uses: [string, (ctx: TenantContext, victim: TestCompany) => Promise<unknown>][] = [
  ['list members', (ctx) => listMembers(ctx)],
  ['list teams', (ctx) => listTeams(ctx)],
  ['read the company', (ctx) => readCompany(ctx)],
  ['list menus', (ctx) => listMenus(ctx)],
  ['list channels', (ctx) => listChannels(ctx)],
  ['list chats', (ctx) => listConversations(ctx, { view: 'all', sort: 'wait', limit: 25 })],
  ['search chats', (ctx) => listConversations(ctx, { view: 'all', sort: 'wait', limit: 25, search: 'Olga' })],
  ['count chats', (ctx) => viewCounts(ctx).then((counts) => (counts.all > 0 ? 'Canario' : 'nothing'))],
  [
    'open a chat',
    async (ctx, victim) => conversationDetails(ctx, await customerSays(victim, LUZ, 'soy Olga')),
  ],
  ['open a menu', (ctx, victim) => getMenu(ctx, victim.menuId)],
  ['rename a team', (ctx, victim) => renameTeam(ctx, { teamId: victim.teamId, name: 'taken' })],
  ['create a team', (ctx) => createTeam(ctx, { name: 'planted' })],
  [
    'send a member away',
    (ctx, victim) => setAvailability(ctx, { memberId: victim.owner.memberId, availability: 'away' }),
  ],
]

test.each(uses)('a forged context finds and changes nothing: %s', async (_, use) => {
  const [victim, attacker] = await Promise.all([
    createCompany({ name: 'Canario Azul' }),
    createCompany({ name: 'Gato Gris' }),
  ])
  for (const ctx of [forge(victim, attacker), forge(attacker, victim)]) {
    // Refused, or an empty answer: either way nothing of the victim is in it.
    await customerSays(victim, LUZ, 'hola, soy Olga')
    const answer = await use(ctx, victim).catch((error: Error) => error.message)
    expect(JSON.stringify(answer)).not.toMatch(/Canario|Olga/)
  }
  const { db, tenantId } = victim.ownerCtx
  const names = (await db.team.findMany({ where: { tenantId } })).map(({ name }) => name)
  expect(names).not.toContain('taken')
  expect(names).not.toContain('planted')
  expect(await db.member.count({ where: { tenantId, availability: 'away' } })).toBe(0)
})

import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Access, Membership } from '@/server/access/membership'
import type { Role } from '@/server/kernel/context'
import { asTenantId } from '@/server/kernel/database'
import { DomainError } from '@/server/kernel/errors'
import type { RequestContext } from './context'
import { memberProcedure, procedureFor, publicProcedure, router, userProcedure } from './procedures'

const told: string[] = []

const testRouter = router({
  refused: publicProcedure.query(() => {
    throw new DomainError('CONFLICT', 'emailTaken', { field: 'email' })
  }),
  broken: publicProcedure.query(() => {
    throw new Error('password of the database is 1234')
  }),
  form: publicProcedure
    .input(z.object({ to: z.object({ name: z.string().min(2, 'nameEmpty') }), count: z.number() }))
    .query(() => 'taken'),
  own: userProcedure.query(({ ctx }) => ctx.user.name),
  company: memberProcedure.query(({ ctx }) => ctx.company.slug),
  managers: procedureFor(['owner', 'admin']).query(() => 'managed'),
  telling: memberProcedure.query(({ ctx }) => {
    ctx.tenant.afterCommit(async () => {
      throw new Error('nobody listens')
    })
    ctx.tenant.afterCommit(async () => {
      told.push('second')
    })
    return 'answered'
  }),
})

const membershipOf = (role: Role): Membership => ({
  tenantId: asTenantId('01a20d00-0000-7000-8000-000000000001'),
  memberId: '01a20d00-0000-7000-8000-000000000002',
  name: 'Ana',
  role,
  version: 1,
  teamIds: [],
  sight: { sees: 'teams', seesTeamless: true },
  settings: {},
  company: { slug: 'tornillo', name: 'El Tornillo', country: 'CO', timeZone: 'America/Bogota', locale: 'es' },
})

const accessOf = (membership: Membership | null): Access => ({
  sessionId: 's',
  user: { id: 'u', name: 'Ana', email: 'ana@example.com', locale: 'es', theme: 'auto' },
  membership,
})

async function ask(path: keyof typeof testRouter, access: Access | null = null, input?: unknown) {
  const later: Promise<void>[] = []
  const context: RequestContext = {
    requestId: 'request-1',
    now: new Date(),
    address: 'here',
    userAgent: '',
    access: async () => access,
    keepAlive: (work) => later.push(work),
  }
  const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify({ json: input }))}`
  const response = await fetchRequestHandler({
    endpoint: '/t',
    req: new Request(`http://localhost/t/${path}${query}`),
    router: testRouter,
    createContext: () => context,
  })
  const text = await response.text()
  await Promise.all(later)
  return { status: response.status, text, body: JSON.parse(text) }
}

describe('a refusal', () => {
  test('says its reason and field, for the screen to put into words', async () => {
    const { status, body } = await ask('refused')
    expect(status).toBe(409)
    expect(body.error.json.data).toMatchObject({ reason: 'emailTaken', field: 'email' })
  })

  test('of an input names the field and the reason that the schema gave', async () => {
    const { status, body } = await ask('form', null, { to: { name: '' }, count: 1 })
    expect(status).toBe(400)
    expect(body.error.json.data).toMatchObject({ reason: 'nameEmpty', field: 'to.name' })
  })

  test('of an input without a reason of ours is just invalid, in no foreign language', async () => {
    const { body } = await ask('form', null, { to: { name: 'Ana' }, count: 'many' })
    expect(body.error.json.data).toMatchObject({ reason: 'invalid', field: 'count' })
  })
})

test('a fault tells its number and nothing of the inside', async () => {
  const { status, text, body } = await ask('broken')
  expect(status).toBe(500)
  expect(body.error.json).toMatchObject({
    message: 'Something went wrong',
    data: { reason: 'somethingWentWrong', requestId: 'request-1' },
  })
  expect(text).not.toMatch(/1234|stack|\.ts/)
})

test.each([
  ['a stranger is asked to sign in', 'own', null, 401, 'signedOut'],
  ['so is one who names a company', 'company', null, 401, 'signedOut'],
  [
    'a person of another company hears what they would of none',
    'company',
    accessOf(null),
    404,
    'companyNotFound',
  ],
  ['an agent does not manage', 'managers', accessOf(membershipOf('agent')), 403, 'roleNotAllowed'],
] as const)('%s', async (_, path, access, status, reason) => {
  const answer = await ask(path, access)
  expect([answer.status, answer.body.error.json.data.reason]).toEqual([status, reason])
})

test.each([
  ['own', accessOf(null), 'Ana'],
  ['company', accessOf(membershipOf('agent')), 'tornillo'],
  ['managers', accessOf(membershipOf('admin')), 'managed'],
] as const)('%s is open to whom it should be', async (path, access, answer) => {
  expect((await ask(path, access)).body.result.data.json).toBe(answer)
})

test('news after a commit that cannot be told change neither the answer nor the news after them', async () => {
  told.length = 0
  const { status, body } = await ask('telling', accessOf(membershipOf('agent')))
  expect([status, body.result.data.json]).toEqual([200, 'answered'])
  expect(told).toEqual(['second'])
})

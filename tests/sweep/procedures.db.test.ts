import { beforeAll, describe, expect, test } from 'vitest'
import type { Role } from '@/server/kernel/context'
import { type Answer, call, procedures } from './call'
import { type Rule, rules } from './rules'
import { CANARY, fingerprintOf, makeWorld, type World } from './world'

let world: World

beforeAll(async () => {
  world = await makeWorld()
})

test('every procedure says who may call it, and no rule outlives its procedure', () => {
  const names = procedures.map(({ name }) => name)
  expect({
    withoutRule: names.filter((name) => !rules[name]),
    withoutProcedure: Object.keys(rules).filter((name) => !names.includes(name)),
  }).toEqual({ withoutRule: [], withoutProcedure: [] })
})

const ruleOf = (name: string): Rule => rules[name] ?? { who: [] }
const isForMembers = (rule: Rule): rule is Rule & { who: readonly Role[] } => Array.isArray(rule.who)

/** Calls made by who should not: nothing of the company is read, nothing is changed. */
async function refused(callers: [string, Headers][], procedure: (typeof procedures)[number]) {
  const rule = ruleOf(procedure.name)
  const input = await rule.input?.(world)
  const before = await fingerprintOf(world.company.tenantId)
  const answers: Record<string, Answer> = {}
  for (const [who, headers] of callers) answers[who] = await call(procedure, input, headers)
  expect(await fingerprintOf(world.company.tenantId)).toBe(before)
  for (const [who, { text, status }] of Object.entries(answers)) {
    expect(text, `${who} reads ${procedure.name}`).not.toMatch(CANARY)
    expect(status, `${who} calls ${procedure.name}: ${text}`).toBeLessThan(500)
  }
  return Object.fromEntries(Object.entries(answers).map(([who, { status }]) => [who, status]))
}

const nobody = () => new Headers({ 'x-company': world.company.slug, 'x-real-ip': `sweep-${Math.random()}` })

async function as(member: { headers: () => Promise<Headers> }, company?: string): Promise<Headers> {
  const headers = await member.headers()
  if (company) headers.set('x-company', company)
  return headers
}

const forMembers = procedures.filter(({ name }) => isForMembers(ruleOf(name)))
const forSignedIn = procedures.filter(({ name }) => ruleOf(name).who === 'signed-in')
const forAnyone = procedures.filter(({ name }) => ruleOf(name).who === 'anyone')

describe.each(forMembers)('$name', (procedure) => {
  test('is closed to nobody, to who signed out, to who was removed and to another company', async () => {
    const { slug } = world.company
    const statuses = await refused(
      [
        ['nobody', nobody()],
        ['signed out', await world.revokedHeaders()],
        ['removed', await as(world.removed)],
        ['another company', await as(world.stranger, slug)],
        ['no company', await as(world.stranger, 'no-such-company')],
      ],
      procedure,
    )
    expect(statuses).toEqual({
      nobody: 401,
      'signed out': 401,
      removed: 404,
      'another company': 404,
      'no company': 404,
    })
  })

  test('gives a stranger who names our rows from their own company nothing of ours', async () => {
    await refused([['stranger', await as(world.stranger)]], procedure)
  })

  test('is open to the roles it says, and to no other', async () => {
    const rule = ruleOf(procedure.name)
    const allowed: number[] = []
    for (const role of ['owner', 'admin', 'supervisor', 'agent'] as const) {
      const headers = await as(world.members[role])
      if (isForMembers(rule) && rule.who.includes(role)) {
        const answer = await call(procedure, await rule.input?.(world), headers)
        expect([401, 403, 404, 500], `${role}: ${answer.text}`).not.toContain(answer.status)
        allowed.push(answer.status)
      } else {
        expect(await refused([[role, headers]], procedure)).toEqual({ [role]: 403 })
      }
    }
    // The sample is a real one: at least one of them got what they asked for.
    expect(allowed).toContain(200)
  })
})

describe.each(forSignedIn)('$name', (procedure) => {
  test('is closed to nobody and to who signed out, and tells a stranger only of themselves', async () => {
    const statuses = await refused(
      [
        ['nobody', nobody()],
        ['signed out', await world.revokedHeaders()],
        ['another company', await as(world.stranger, world.company.slug)],
      ],
      procedure,
    )
    expect(statuses).toMatchObject({ nobody: 401, 'signed out': 401 })
  })
})

describe.each(forAnyone)('$name', (procedure) => {
  test('tells nobody anything of a company', async () => {
    await refused([['nobody', nobody()]], procedure)
  })
})

import { expect, test } from 'vitest'
import { newId } from '@/server/kernel/ids'
import { queryAsOwner } from '@/tests/support/database'
import { createCompany, PASSWORD } from '@/tests/support/factories'
import { addMember, setAvailability } from './commands'
import { listCompanies, listMembers, listTeams } from './queries'
import { createTeam, renameTeam, setTeamMembers } from './teams'

const offersOf = async (tenantId: string) => {
  const rows = await queryAsOwner<{ count: number }>(
    'SELECT count(*)::int AS count FROM graphile_worker.jobs WHERE key = $1',
    [`offer:${tenantId}`],
  )
  return rows[0]?.count
}

test('pickers show everybody who is there, with availability and load', async () => {
  const company = await createCompany()
  const agent = await company.agent({ name: 'Zoila', capacity: 3 })
  const gone = await company.agent({ name: 'Gone' })
  await company.ownerCtx.db.member.update({
    where: { tenantId_id: { tenantId: company.tenantId, id: gone.memberId } },
    data: { removedAt: new Date() },
  })

  const rows = await listMembers(company.ownerCtx)
  expect(rows.map(({ id }) => id)).toEqual([company.owner.memberId, agent.memberId])
  expect(rows[1]).toEqual({
    id: agent.memberId,
    name: 'Zoila',
    role: 'agent',
    availability: 'available',
    awayReason: null,
    active: 0,
    capacity: 3,
    teamIds: [company.teamId],
  })
})

test('an agent goes to lunch with a reason, and coming back asks once for those who wait', async () => {
  const company = await createCompany()
  const agent = await company.agent()
  const ctx = await agent.ctx()

  expect(await setAvailability(ctx, { availability: 'away', awayReason: 'Almuerzo' })).toMatchObject({
    memberId: agent.memberId,
    awayReason: 'Almuerzo',
  })
  await setAvailability(ctx, { availability: 'available' })
  await setAvailability(ctx, { availability: 'available' })

  const row = (await listMembers(ctx)).find(({ id }) => id === agent.memberId)
  expect(row).toMatchObject({ availability: 'available', awayReason: null })
})

test('an agent does not decide for a colleague; a supervisor does, but not for another company', async () => {
  const [company, other] = await Promise.all([createCompany(), createCompany()])
  const agent = await (await company.agent()).ctx()
  const supervisor = await (await company.agent({ role: 'supervisor' })).ctx()
  const away = (memberId: string) => ({ memberId, availability: 'away' as const })

  await expect(setAvailability(agent, away(company.owner.memberId))).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  await expect(setAvailability(supervisor, away(other.owner.memberId))).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  expect(await setAvailability(supervisor, away(agent.actor.memberId))).toMatchObject({
    availability: 'away',
  })
})

test('a team is made, named again and filled; who comes or goes gets a new version', async () => {
  const company = await createCompany()
  const agent = await company.agent({ teamIds: [] })
  const { ownerCtx } = company

  const team = await createTeam(ownerCtx, { name: 'Taller' })
  expect(team.colour).toBe(2)
  await renameTeam(ownerCtx, { teamId: team.id, name: 'Garantías' })
  await setTeamMembers(ownerCtx, { teamId: team.id, memberIds: [agent.memberId, agent.memberId] })

  expect((await listTeams(ownerCtx)).find(({ id }) => id === team.id)).toMatchObject({
    name: 'Garantías',
    memberIds: [agent.memberId],
  })
  expect((await agent.ctx()).actor.teamIds).toEqual([team.id])
  const { version } = await ownerCtx.db.member.findFirstOrThrow({
    where: { tenantId: company.tenantId, id: agent.memberId },
  })
  expect(version).toBe(2)
  const actions = await ownerCtx.db.auditEntry.findMany({
    where: { tenantId: company.tenantId, target: `team:${team.id}` },
  })
  expect(actions.map(({ action }) => action).sort()).toEqual(['team.created', 'team.members', 'team.renamed'])
})

test('a team takes no one from another company', async () => {
  const [company, other] = await Promise.all([createCompany(), createCompany()])
  const { teamId, ownerCtx } = company
  await expect(setTeamMembers(ownerCtx, { teamId, memberIds: [other.owner.memberId] })).rejects.toMatchObject(
    {
      code: 'NOT_FOUND',
    },
  )
  await expect(renameTeam(ownerCtx, { teamId: other.teamId, name: 'Mío' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    reason: 'teamNotFound',
  })
})

test('one person belongs to two companies with one account, and to each only once', async () => {
  const [first, second] = await Promise.all([createCompany(), createCompany()])
  const person = {
    email: `dos-${newId()}@example.com`,
    name: 'Dora Dos',
    password: PASSWORD,
    role: 'agent' as const,
  }
  const { userId } = await addMember(first.ownerCtx, person)
  expect((await addMember(second.ownerCtx, person)).userId).toBe(userId)
  await expect(addMember(first.ownerCtx, person)).rejects.toMatchObject({ reason: 'alreadyMember' })

  const slugs = (await listCompanies(userId)).map(({ slug }) => slug)
  expect(slugs.sort()).toEqual([first.slug, second.slug].sort())
})

test('becoming available enqueues one offer for the company, in the same transaction', async () => {
  const company = await createCompany()
  await setAvailability(company.ownerCtx, { availability: 'available' })
  await setAvailability(company.ownerCtx, { availability: 'available' })
  expect(await offersOf(company.tenantId)).toBe(1)
})

import { expect, test } from 'vitest'
import { openSession } from '@/server/auth/commands'
import { systemDb, systemPool } from '@/server/kernel/database'
import { newId } from '@/server/kernel/ids'
import { createCompany } from '@/tests/support/factories'
import { lookUpAccess } from './membership'

test('one look-up names person, role, version, teams and what they see', async () => {
  const company = await createCompany()
  const agent = await company.agent({ name: 'Ana Prieto' })
  const token = await openSession(agent.userId, '')

  expect(await lookUpAccess(token, company.slug)).toMatchObject({
    user: { name: 'Ana Prieto', email: agent.email },
    membership: {
      tenantId: company.tenantId,
      memberId: agent.memberId,
      role: 'agent',
      version: 1,
      teamIds: [company.teamId],
      sight: { sees: 'teams', seesTeamless: true },
    },
  })
})

test('what a company says about its agents’ sight holds from the next request on', async () => {
  const company = await createCompany()
  const agent = await company.agent()
  const token = await openSession(agent.userId, '')
  await company.ownerCtx.db.tenant.update({
    where: { id: company.tenantId },
    data: { settings: { agentsSee: 'own', agentsSeeTeamless: false } },
  })
  expect((await lookUpAccess(token, company.slug))?.membership?.sight).toEqual({
    sees: 'own',
    seesTeamless: false,
  })
})

test('another company’s name gives no membership, and neither does one that does not exist', async () => {
  const [mine, other] = await Promise.all([createCompany(), createCompany()])
  const token = await openSession(mine.owner.userId, '')
  expect((await lookUpAccess(token, other.slug))?.membership).toBeNull()
  expect((await lookUpAccess(token, `no-${newId()}`))?.membership).toBeNull()
  expect((await lookUpAccess(token, null))?.membership).toBeNull()
})

test('a removed member keeps their account and loses the company at once', async () => {
  const company = await createCompany()
  const agent = await company.agent()
  const token = await openSession(agent.userId, '')
  await company.ownerCtx.db.member.update({
    where: { tenantId_id: { tenantId: company.tenantId, id: agent.memberId } },
    data: { removedAt: new Date() },
  })
  expect(await lookUpAccess(token, company.slug)).toMatchObject({ membership: null })
})

test('somebody else’s session id is worth nothing with one’s own name', async () => {
  const company = await createCompany()
  const agent = await company.agent()
  const session = await openSession(company.owner.userId, '')
  expect(await lookUpAccess({ ...session, userId: agent.userId }, company.slug)).toBeNull()
})

test('use is noted at most once a minute, and a session unused for a month has ended', async () => {
  const { owner, slug } = await createCompany()
  const token = await openSession(owner.userId, '')
  const seenAt = async () =>
    (await systemDb().userSession.findUniqueOrThrow({ where: { id: token.sessionId } })).lastSeenAt.getTime()
  const setSeen = (ago: string) =>
    systemPool().query(`UPDATE user_session SET "lastSeenAt" = now() - $2::interval WHERE id = $1`, [
      token.sessionId,
      ago,
    ])

  await setSeen('30 seconds')
  const recent = await seenAt()
  await lookUpAccess(token, slug)
  expect(await seenAt()).toBe(recent)

  await setSeen('2 minutes')
  const older = await seenAt()
  await Promise.all(Array.from({ length: 10 }, () => lookUpAccess(token, slug)))
  expect(await seenAt()).toBeGreaterThan(older + 100_000)

  await setSeen('31 days')
  expect(await lookUpAccess(token, slug)).toBeNull()
})

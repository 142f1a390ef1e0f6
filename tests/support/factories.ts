import './setup-database'
import { memberContext } from '@/server/access/context'
import { type Access, lookUpAccess } from '@/server/access/membership'
import { openSession } from '@/server/auth/commands'
import { cookieName, sealSessionToken } from '@/server/auth/session-token'
import type { Actor, AfterCommit, Role, TenantContext } from '@/server/kernel/context'
import type { TenantId } from '@/server/kernel/database'
import { newId } from '@/server/kernel/ids'
import { addMember } from '@/server/members/commands'
import { createTeam, setTeamMembers } from '@/server/members/teams'
import type { Trade } from '@/server/menu/schema'
import { signUp } from '@/server/onboarding/commands'
import type { CountryCode } from '@/server/tenants/rules'

/** Everybody's password in tests. */
export const PASSWORD = 'tres gatos en la azotea'

export type TestMember = {
  memberId: string
  userId: string
  email: string
  /** The context as a request of theirs would have it, with teams and rights as they are at this moment. */
  ctx: () => Promise<MemberTestContext>
  /** Headers of a request of theirs, session cookie and company included. */
  headers: () => Promise<Headers>
}

export type MemberTestContext = TenantContext & { actor: Extract<Actor, { kind: 'member' }> }

export type TestCompany = {
  tenantId: TenantId
  slug: string
  owner: TestMember
  /** The owner's context. */
  ownerCtx: MemberTestContext
  /** The first team, of which the owner is a member, and the simulator channel that leads to it. */
  teamId: string
  channelId: string
  /** The published starter menu, which the simulator channel speaks. */
  menuId: string
  agent: (options?: NewMember) => Promise<TestMember>
  team: (name: string, memberIds?: readonly string[]) => Promise<string>
  /** A further channel, connected, leading to the first team unless told otherwise. */
  channel: (
    kind: string,
    options?: { defaultTeamId?: string | null; menuId?: string | null },
  ) => Promise<string>
  /** Runs what commands wanted told after their commit; returns how many. */
  news: () => Promise<number>
}

type NewMember = { name?: string; role?: Role; teamIds?: string[]; capacity?: number }

/** A company of one test's own, opened as customers open theirs; names carry a random part, so that none ever meet. */
export async function createCompany(
  options: { name?: string; country?: CountryCode; trade?: Trade; now?: Date } = {},
): Promise<TestCompany> {
  const mark = newId().slice(-8)
  const name = options.name ?? `Ferretería ${mark}`
  const email = `owner-${mark}@example.com`
  const signedUp = await signUp(
    {
      company: name,
      country: options.country ?? 'CO',
      name: 'Olga Dueña',
      email,
      password: PASSWORD,
      trade: options.trade ?? 'blank',
    },
    options.now ?? new Date(),
  )
  const { slug, tenantId, teamId, channelId, menuId } = signedUp
  const pending: AfterCommit[] = []
  const asTestMember = (ids: { memberId: string; userId: string; email: string }) =>
    testMember(ids, slug, (news) => pending.push(news))
  const owner = asTestMember({ ...signedUp, email })
  const ownerCtx = await owner.ctx()

  return {
    tenantId,
    slug,
    owner,
    ownerCtx,
    teamId,
    channelId,
    menuId,
    agent: async ({ role = 'agent', ...given } = {}) => {
      const agentEmail = `${role}-${newId().slice(-8)}@example.com`
      const added = await addMember(ownerCtx, {
        name: given.name ?? `Ana ${agentEmail.slice(-20, -12)}`,
        email: agentEmail,
        password: PASSWORD,
        role,
        teamIds: given.teamIds ?? [teamId],
        ...(given.capacity === undefined ? {} : { capacity: given.capacity }),
      })
      return asTestMember({ ...added, email: agentEmail })
    },
    team: async (teamName, memberIds = []) => {
      const team = await createTeam(ownerCtx, { name: teamName })
      if (memberIds.length > 0) await setTeamMembers(ownerCtx, { teamId: team.id, memberIds: [...memberIds] })
      return team.id
    },
    channel: async (kind, given = {}) => {
      const id = newId()
      await ownerCtx.db.channel.create({
        data: {
          tenantId,
          id,
          kind,
          name: `${kind} ${mark}`,
          state: 'connected',
          defaultTeamId: teamId,
          menuId: null,
          ...given,
        },
      })
      return id
    },
    news: async () => {
      const told = pending.splice(0)
      // As in the product: news that cannot be told fail nobody.
      await Promise.allSettled(told.map((item) => item()))
      return told.length
    },
  }
}

function testMember(
  ids: { memberId: string; userId: string; email: string },
  slug: string,
  afterCommit: TenantContext['afterCommit'],
): TestMember {
  let session: ReturnType<typeof openSession> | undefined
  const token = () => {
    session ??= openSession(ids.userId, '')
    return session
  }
  return {
    memberId: ids.memberId,
    userId: ids.userId,
    email: ids.email,
    ctx: async () => contextFrom(await lookUpAccess(await token(), slug), afterCommit),
    headers: async () =>
      new Headers({
        cookie: `${cookieName('session')}=${await sealSessionToken(await token())}`,
        'x-company': slug,
        'x-real-ip': `test-${ids.memberId}`,
      }),
  }
}

function contextFrom(access: Access | null, afterCommit: TenantContext['afterCommit']): MemberTestContext {
  if (!access?.membership) throw new Error('this person is no member any more')
  const ctx = memberContext(access.membership, new Date(), afterCommit)
  if (ctx.actor.kind !== 'member') throw new Error('a member was expected')
  return { ...ctx, actor: ctx.actor }
}

import { sightOf } from '@/server/access/rules'
import { renameChannel } from '@/server/channels/commands'
import type { MemberActor } from '@/server/conversations/rules'
import { type Role, systemContext, type TenantContext } from '@/server/kernel/context'
import type { TenantId } from '@/server/kernel/database'
import { addMember } from '@/server/members/commands'
import { createTeam, renameTeam, setTeamMembers } from '@/server/members/teams'
import { publishMenu, saveDraft } from '@/server/menu/commands'
import type { MenuDefinition } from '@/server/menu/schema'
import { signUp } from '@/server/onboarding/commands'
import type { Company } from './story'

/** The phone in the page, as the demo calls it. */
const PHONE_NAME = 'Teléfono de prueba'

/** A company as it is described, before it is there. */
export type CompanyPlan = {
  name: string
  owner: { key: string; name: string }
  emailOf: (key: string) => string
  password: string
  trade: 'blank' | 'shop'
  /** When they signed up. */
  began: Date
}

/** The door of every company, and the owner's first renaming. Teams are those that the trade's menu brings. */
export async function openCompany(
  plan: CompanyPlan,
): Promise<{ company: Company; menuId: string; owner: TenantContext }> {
  const signedUp = await signUp(
    {
      company: plan.name,
      country: 'CO',
      name: plan.owner.name,
      email: plan.emailOf(plan.owner.key),
      password: plan.password,
      trade: plan.trade,
    },
    plan.began,
  )
  const { tenantId, channelId, menuId, teamId } = signedUp
  const owner = actorOf({ memberId: signedUp.memberId, name: plan.owner.name, role: 'owner', teamIds: [] })
  const ctx = contextOf(tenantId, owner, plan.began)
  await renameChannel(ctx, { channelId, name: PHONE_NAME })
  const teams = await ctx.db.team.findMany({ where: { tenantId }, select: { id: true, name: true } })
  return {
    company: {
      tenantId,
      slug: signedUp.slug,
      channel: { id: channelId, kind: 'simulator', menuId, defaultTeamId: teamId },
      members: new Map([[plan.owner.key, owner]]),
      teams: new Map(teams.map(({ id, name }) => [name, id])),
    },
    menuId,
    owner: ctx,
  }
}

export type PersonPlan = { key: string; name: string; role: Role; teams: readonly string[] }

/** Names the teams, brings in the people, and publishes the company's own menu. The owner leaves the teams to them. */
export async function staffCompany(
  { company, menuId, owner }: Awaited<ReturnType<typeof openCompany>>,
  plan: Pick<CompanyPlan, 'emailOf' | 'password'> & {
    teamNames: readonly string[]
    people: readonly PersonPlan[]
    menu: (teamIdOf: (name: string) => string) => MenuDefinition
  },
): Promise<Company> {
  const teams = new Map<string, string>()
  for (const [place, name] of plan.teamNames.entries()) {
    const first = place === 0 ? company.channel.defaultTeamId : null
    if (first) await renameTeam(owner, { teamId: first, name })
    teams.set(name, first ?? (await createTeam(owner, { name })).id)
  }
  const teamIdOf = (name: string) => {
    const teamId = teams.get(name)
    if (!teamId) throw new Error(`the company has no team ${name}`)
    return teamId
  }
  const members = new Map(company.members)
  for (const { key, name, role, teams: theirs } of plan.people) {
    const teamIds = theirs.map(teamIdOf)
    const { memberId } = await addMember(owner, {
      email: plan.emailOf(key),
      password: plan.password,
      name,
      role,
      teamIds,
    })
    members.set(key, actorOf({ memberId, name, role, teamIds }))
  }
  for (const [name, teamId] of teams) {
    const memberIds = plan.people
      .filter(({ teams: theirs }) => theirs.includes(name))
      .flatMap(({ key }) => members.get(key)?.memberId ?? [])
    await setTeamMembers(owner, { teamId, memberIds })
  }
  const draft = await saveDraft(owner, { menuId, definition: plan.menu(teamIdOf), seen: null })
  await publishMenu(owner, { menuId, seen: draft })
  return { ...company, members, teams }
}

const contextOf = (tenantId: TenantId, actor: MemberActor, now: Date): TenantContext =>
  systemContext(tenantId, actor, now, () => undefined)

/** Rights as a company that has changed no setting gives them. */
function actorOf(member: Pick<MemberActor, 'memberId' | 'name' | 'role' | 'teamIds'>): MemberActor {
  const sight = sightOf(member.role, { agentsSee: 'teams', agentsSeeTeamless: true })
  return { kind: 'member', ...member, ...sight }
}

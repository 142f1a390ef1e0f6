import type { z } from 'zod'
import { recordAudit } from '@/server/audit/commands'
import { createAccount } from '@/server/auth/accounts'
import { hashPassword } from '@/server/auth/passwords'
import { whyNotPassword } from '@/server/auth/rules'
import { inTransaction, type TenantContext, type Transaction } from '@/server/kernel/context'
import { asTenantId, systemDb, type TenantId } from '@/server/kernel/database'
import { DomainError } from '@/server/kernel/errors'
import { newId } from '@/server/kernel/ids'
import { placeMember } from '@/server/members/commands'
import { DEFAULT_CAPACITY } from '@/server/members/schema'
import { insertTeam } from '@/server/members/teams'
import { createMenu } from '@/server/menu/commands'
import { menuFromTemplate, teamsOfTemplate } from '@/server/menu/templates'
import { createCompany } from '@/server/tenants/commands'
import { firstWords } from './first-words'
import { type SignUpInput, signUpInput } from './schema'

export type SignedUp = {
  tenantId: TenantId
  slug: string
  userId: string
  memberId: string
  teamId: string
  menuId: string
  channelId: string
}

/**
 * A company that works from its first minute: owner, team, hours, holidays, a published menu, and the phone in the page
 * to try it with. One transaction as the system role, because there is no company to act in before it.
 * @throws DomainError INVALID (password), CONFLICT `emailTaken`
 */
export async function signUp(given: SignUpInput, now: Date): Promise<SignedUp> {
  const input = signUpInput.parse(given)
  const refusal = whyNotPassword(input.password, [input.email, input.name, input.company])
  if (refusal) throw new DomainError('INVALID', refusal, { field: 'password' })

  const passwordHash = await hashPassword(input.password)
  const ctx = newCompanyContext(input.name, now)
  return inTransaction(ctx, async (tx) => {
    const userId = await createAccount(tx.db, { ...input, passwordHash })
    const { slug } = await createCompany(tx, {
      name: input.company,
      country: input.country,
      locale: input.locale,
    })
    const { memberId } = ctx.actor
    await placeMember(tx, {
      memberId,
      userId,
      name: input.name,
      role: 'owner',
      capacity: DEFAULT_CAPACITY,
      teamIds: [],
    })
    const place = await openShop(tx, memberId, input)
    await recordAudit(tx, {
      action: 'company.created',
      target: `company:${tx.tenantId}`,
      after: { name: input.company, country: input.country, slug },
    })
    return { tenantId: tx.tenantId, slug, userId, memberId, ...place }
  })
}

/** The owner-to-be acts in the company-to-be, so that its first rows already say who made them. */
function newCompanyContext(name: string, now: Date) {
  const memberId = newId()
  return {
    tenantId: asTenantId(newId()),
    db: systemDb(),
    actor: {
      kind: 'member',
      memberId,
      name,
      role: 'owner',
      teamIds: [],
      sees: 'all',
      seesTeamless: true,
    },
    now,
    // Nobody listens to a company that has just begun.
    afterCommit: () => undefined,
  } satisfies TenantContext
}

/** Everything between the door and the first answered chat. */
async function openShop(
  tx: Transaction,
  memberId: string,
  { company, trade, locale }: z.output<typeof signUpInput>,
): Promise<{ teamId: string; menuId: string; channelId: string }> {
  const { tenantId } = tx
  const words = firstWords[locale]
  const teams = new Map<string, string>()
  for (const { key, name } of teamsOfTemplate(trade, locale))
    teams.set(key, (await insertTeam(tx, { name })).id)
  const teamIds = [...teams.values()]
  await tx.db.teamMember.createMany({ data: teamIds.map((teamId) => ({ tenantId, teamId, memberId })) })

  const teamIdOf = (key: string) => {
    const teamId = teams.get(key)
    if (!teamId) throw new Error(`the template ${trade} names a team it does not bring: ${key}`)
    return teamId
  }
  const { menuId } = await createMenu(tx, {
    name: words.menu,
    definition: menuFromTemplate(trade, locale, { company, teamIdOf, newId }),
    publish: true,
  })
  const channelId = newId()
  await tx.db.channel.create({
    data: {
      tenantId,
      id: channelId,
      kind: 'simulator',
      name: words.simulator,
      state: 'connected',
      stateSince: tx.now,
      menuId,
      defaultTeamId: teamIdOf('front'),
      createdAt: tx.now,
    },
  })
  return { teamId: teamIdOf('front'), menuId, channelId }
}

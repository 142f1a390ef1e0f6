import type { TenantContext } from '@/server/kernel/context'
import { systemDb } from '@/server/kernel/database'
import type { MemberRow, TeamRow } from './schema'

/** Everybody who belongs to the company now, by name, with how much they hold. */
export async function listMembers(ctx: TenantContext): Promise<MemberRow[]> {
  return ctx.db.$queryRaw<MemberRow[]>`
    SELECT m.id, m.name, m.role, m.availability, m."awayReason",
            coalesce(l.active, 0) AS active, coalesce(l.capacity, 0) AS capacity,
            (SELECT coalesce(array_agg(t."teamId"::text), '{}') FROM team_member t
              WHERE t."tenantId" = ${ctx.tenantId}::uuid AND t."memberId" = m.id) AS "teamIds"
       FROM membership m
       LEFT JOIN member_load l ON l."tenantId" = ${ctx.tenantId}::uuid AND l."memberId" = m.id
      WHERE m."tenantId" = ${ctx.tenantId}::uuid AND m."removedAt" IS NULL
      ORDER BY m.name, m.id`
}

/** The teams in use, by name, with their people. */
export async function listTeams(ctx: TenantContext): Promise<TeamRow[]> {
  return ctx.db.$queryRaw<TeamRow[]>`
    SELECT t.id, t.name, t.colour,
            (SELECT coalesce(array_agg(tm."memberId"::text), '{}') FROM team_member tm
               JOIN membership m ON m."tenantId" = ${ctx.tenantId}::uuid AND m.id = tm."memberId" AND m."removedAt" IS NULL
              WHERE tm."tenantId" = ${ctx.tenantId}::uuid AND tm."teamId" = t.id) AS "memberIds"
       FROM team t
      WHERE t."tenantId" = ${ctx.tenantId}::uuid AND t."archivedAt" IS NULL
      ORDER BY t.name, t.id`
}

/** The companies a person belongs to, for the switch. As the system role: it looks across companies, for one person. */
export async function listCompanies(userId: string): Promise<{ slug: string; name: string; role: string }[]> {
  const memberships = await systemDb().member.findMany({
    where: { userId, removedAt: null },
    select: { tenantId: true, role: true },
  })
  const tenants = await systemDb().tenant.findMany({
    where: { id: { in: memberships.map((membership) => membership.tenantId) } },
    select: { id: true, slug: true, name: true },
    orderBy: { name: 'asc' },
  })
  const roleOf = new Map(memberships.map(({ tenantId, role }) => [tenantId, role]))
  return tenants.map(({ id, slug, name }) => ({ slug, name, role: roleOf.get(id) ?? 'agent' }))
}

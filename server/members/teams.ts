import type { z } from 'zod'
import { recordAudit } from '@/server/audit/commands'
import { inTransaction, type TenantContext, type Transaction } from '@/server/kernel/context'
import { DomainError } from '@/server/kernel/errors'
import { newId } from '@/server/kernel/ids'
import { cutConnections } from '@/server/realtime/authorize'
import { announceMember } from './commands'
import { nextColour } from './rules'
import type { createTeamInput, renameTeamInput, setTeamMembersInput, TeamRow } from './schema'

/** The rows of a new team, inside the caller's transaction. */
export async function insertTeam(
  tx: Transaction,
  { name, colour }: z.infer<typeof createTeamInput>,
): Promise<TeamRow> {
  const others = await tx.db.team.findMany({
    where: { tenantId: tx.tenantId, archivedAt: null },
    select: { colour: true },
  })
  const team = { id: newId(), name, colour: colour ?? nextColour(others.map((other) => other.colour)) }
  await tx.db.team.create({ data: { tenantId: tx.tenantId, ...team, createdAt: tx.now } })
  await recordAudit(tx, { action: 'team.created', target: `team:${team.id}`, after: { name } })
  return { ...team, memberIds: [] }
}

export function createTeam(ctx: TenantContext, input: z.infer<typeof createTeamInput>): Promise<TeamRow> {
  return inTransaction(ctx, (tx) => insertTeam(tx, input))
}

/** @throws DomainError NOT_FOUND */
export function renameTeam(
  ctx: TenantContext,
  { teamId, name }: z.infer<typeof renameTeamInput>,
): Promise<{ id: string; name: string }> {
  return inTransaction(ctx, async (tx) => {
    const before = await teamOrThrow(tx, teamId)
    await tx.db.team.update({ where: { tenantId_id: { tenantId: tx.tenantId, id: teamId } }, data: { name } })
    await recordAudit(tx, {
      action: 'team.renamed',
      target: `team:${teamId}`,
      before: { name: before.name },
      after: { name },
    })
    return { id: teamId, name }
  })
}

/**
 * Makes exactly these people the team. Who comes or goes gets a new version and connects again: what they may hear
 * has changed.
 * @throws DomainError NOT_FOUND for a team or a member that the company does not have
 */
export function setTeamMembers(
  ctx: TenantContext,
  { teamId, memberIds }: z.infer<typeof setTeamMembersInput>,
): Promise<{ id: string; memberIds: string[] }> {
  return inTransaction(ctx, async (tx) => {
    const { tenantId } = tx
    await teamOrThrow(tx, teamId)
    const wanted = [...new Set(memberIds)]
    const known = await tx.db.member.count({ where: { tenantId, id: { in: wanted }, removedAt: null } })
    if (known !== wanted.length) throw new DomainError('NOT_FOUND', 'memberNotFound', { field: 'memberIds' })

    const before = (await tx.db.teamMember.findMany({ where: { tenantId, teamId } })).map(
      (row) => row.memberId,
    )
    const gone = before.filter((id) => !wanted.includes(id))
    const come = wanted.filter((id) => !before.includes(id))
    await tx.db.teamMember.deleteMany({ where: { tenantId, teamId, memberId: { in: gone } } })
    await tx.db.teamMember.createMany({ data: come.map((memberId) => ({ tenantId, teamId, memberId })) })
    await tx.db.member.updateMany({
      where: { tenantId, id: { in: [...gone, ...come] } },
      data: { version: { increment: 1 } },
    })
    await recordAudit(tx, { action: 'team.members', target: `team:${teamId}`, before, after: wanted })
    for (const memberId of [...gone, ...come]) {
      announceMember(tx, memberId)
      tx.afterCommit(() => cutConnections(memberId))
    }
    return { id: teamId, memberIds: wanted }
  })
}

async function teamOrThrow(tx: Transaction, teamId: string): Promise<{ name: string }> {
  const team = await tx.db.team.findFirst({
    where: { tenantId: tx.tenantId, id: teamId, archivedAt: null },
    select: { name: true },
  })
  if (!team) throw new DomainError('NOT_FOUND', 'teamNotFound', { field: 'teamId' })
  return team
}

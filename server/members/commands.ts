import { recordAudit } from '@/server/audit/commands'
import { createAccount, findAccount } from '@/server/auth/accounts'
import { hashPassword } from '@/server/auth/passwords'
import { inTransaction, memberOf, type TenantContext, type Transaction } from '@/server/kernel/context'
import { systemDb } from '@/server/kernel/database'
import { DomainError } from '@/server/kernel/errors'
import { newId } from '@/server/kernel/ids'
import { enqueueJob } from '@/server/kernel/jobs'
import { cutConnections } from '@/server/realtime/authorize'
import { realtimeChannel } from '@/server/realtime/events'
import { publish } from '@/server/realtime/publish'
import { whyNotSetAvailability } from './rules'
import { type AddMemberInput, type Availability, addMemberInput, type SetAvailabilityInput } from './schema'

/**
 * Brings a person into the company, with an account of their own when they have none yet.
 * @returns ids of the membership and of the person.
 * @throws DomainError CONFLICT `alreadyMember`
 */
export async function addMember(
  ctx: TenantContext,
  given: AddMemberInput,
): Promise<{ memberId: string; userId: string }> {
  const input = addMemberInput.parse(given)
  const passwordHash = await hashPassword(input.password)
  // As the system role: accounts belong to no company.
  return inTransaction({ ...ctx, db: systemDb() }, async (tx) => {
    const known = await findAccount(tx.db, input.email)
    const userId = known?.id ?? (await createAccount(tx.db, { ...input, passwordHash }))
    const already = await tx.db.member.findFirst({
      where: { tenantId: tx.tenantId, userId },
      select: { id: true },
    })
    if (already) throw new DomainError('CONFLICT', 'alreadyMember', { field: 'email' })
    const memberId = newId()
    await placeMember(tx, { ...input, userId, memberId })
    await recordAudit(tx, {
      action: 'member.added',
      target: `member:${memberId}`,
      after: { name: input.name, role: input.role, teamIds: input.teamIds },
    })
    return { memberId, userId }
  })
}

export type Place = {
  memberId: string
  userId: string
  name: string
  role: string
  capacity: number
  teamIds: readonly string[]
}

/** The rows that make a person a member: membership, load, teams. */
export async function placeMember(tx: Transaction, { teamIds, capacity, ...member }: Place): Promise<void> {
  const { tenantId } = tx
  const { memberId } = member
  await tx.db.member.create({
    data: {
      tenantId,
      id: memberId,
      userId: member.userId,
      name: member.name,
      role: member.role,
      createdAt: tx.now,
    },
  })
  await tx.db.memberLoad.create({ data: { tenantId, memberId, capacity } })
  if (teamIds.length > 0) {
    await tx.db.teamMember.createMany({ data: teamIds.map((teamId) => ({ tenantId, teamId, memberId })) })
  }
}

/**
 * Says whether a member takes new chats. Whoever becomes free is offered those that wait.
 * @throws DomainError FORBIDDEN for a colleague's, NOT_FOUND for a stranger's
 */
export async function setAvailability(
  ctx: TenantContext,
  { memberId: given, availability, awayReason }: SetAvailabilityInput,
): Promise<{ memberId: string; availability: Availability; awayReason: string | null }> {
  const actor = memberOf(ctx)
  const memberId = given ?? actor.memberId
  const refusal = whyNotSetAvailability(actor, memberId)
  if (refusal) throw new DomainError('FORBIDDEN', refusal)

  const state = { availability, awayReason: availability === 'away' ? (awayReason ?? null) : null }
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.member.updateMany({
      where: { tenantId: tx.tenantId, id: memberId, removedAt: null },
      data: state,
    })
    if (count === 0) throw new DomainError('NOT_FOUND', 'memberNotFound')
    if (availability === 'available') await offerWaiting(tx)
    announceMember(tx, memberId)
    return { memberId, ...state }
  })
}

/** Somebody is free: who waits in line is offered to them. One job for the company, however many call at once. */
async function offerWaiting(tx: Transaction): Promise<void> {
  await enqueueJob(tx.db, 'routing.offer', { tenantId: tx.tenantId }, { key: `offer:${tx.tenantId}` })
}

/** Everybody's pickers show who is there. */
export function announceMember(tx: Transaction, memberId: string): void {
  tx.afterCommit(async () => {
    await publish([
      { channels: [realtimeChannel.all(tx.tenantId)], event: { type: 'member.changed', memberId } },
    ])
  })
}

/** Cuts what a person has open in all their companies: their sessions have ended. As the system role, for one person. */
export async function cutConnectionsOf(userId: string): Promise<void> {
  const memberships = await systemDb().member.findMany({ where: { userId }, select: { id: true } })
  await Promise.all(memberships.map(({ id }) => cutConnections(id)))
}

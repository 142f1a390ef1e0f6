import type { z } from 'zod'
import { announceConversation } from '@/server/conversations/announce'
import { type AssignmentReason, claimPlace, giveTo, putInLine } from '@/server/conversations/assignment'
import { finishMove, giveByHand, storeNote } from '@/server/conversations/commands'
import { type LockedConversation, lockConversation } from '@/server/conversations/locked'
import { audienceOf } from '@/server/conversations/rules'
import type { transferInput } from '@/server/conversations/schema'
import { recordEvents } from '@/server/facts/commands'
import type { NewEvent } from '@/server/facts/schema'
import { inTransaction, memberOf, type TenantContext, type Transaction } from '@/server/kernel/context'
import { DomainError } from '@/server/kernel/errors'
import { newId } from '@/server/kernel/ids'
import { type Candidate, chooseAgent } from './rules'

/** A team is rarely larger; each lost race costs one more choice. */
const MAX_CHOICES = 10

export type Routed = {
  conversation: LockedConversation
  events: NewEvent[]
  memberName: string | null
  teamName: string | null
}

/**
 * Brings a chat to a free member of a team, or puts it into the team's waiting line. The choice is pure and is stored
 * with its candidates; the place is taken by one conditional UPDATE, and who loses it chooses again.
 * @param teamId null: anyone of the company may take it.
 */
export async function routeToTeam(
  tx: Transaction,
  conversation: LockedConversation,
  teamId: string | null,
  why: { reason: string; stickyMemberId?: string | null },
): Promise<Routed> {
  const team = teamId ? await teamOrThrow(tx, teamId) : null
  const refused = new Set<string>()
  for (let attempt = 0; attempt < MAX_CHOICES; attempt += 1) {
    const candidates = (await candidatesOf(tx, teamId)).filter(
      (candidate) => !refused.has(candidate.memberId),
    )
    const choice = chooseAgent(candidates, {
      strategy: 'round-robin',
      stickyMemberId: why.stickyMemberId ?? null,
    })
    const stored: AssignmentReason = { reason: choice.reason, data: { because: why.reason, ...choice } }
    if (!choice.chosen) {
      const waiting = await putInLine(tx, conversation, teamId, stored)
      return { ...waiting, memberName: null, teamName: team?.name ?? null }
    }
    if (await claimPlace(tx, choice.chosen)) {
      const given = await giveTo(tx, conversation, { memberId: choice.chosen, teamId }, stored)
      const memberName = candidates.find((candidate) => candidate.memberId === choice.chosen)?.name ?? null
      return { ...given, memberName, teamName: team?.name ?? null }
    }
    refused.add(choice.chosen)
  }
  const waiting = await putInLine(tx, conversation, teamId, {
    reason: 'all-full',
    data: { because: why.reason },
  })
  return { ...waiting, memberName: null, teamName: team?.name ?? null }
}

async function teamOrThrow(tx: Transaction, teamId: string): Promise<{ name: string }> {
  const team = await tx.db.team.findFirst({
    where: { tenantId: tx.tenantId, id: teamId, archivedAt: null },
    select: { name: true },
  })
  if (!team) throw new DomainError('NOT_FOUND', 'teamNotFound', { field: 'teamId' })
  return team
}

/** Members of a team (or of the company) with their loads, as chooseAgent reads them. */
async function candidatesOf(tx: Transaction, teamId: string | null): Promise<Candidate[]> {
  return tx.db.$queryRaw<Candidate[]>`
    SELECT m.id AS "memberId", m.name, m.availability, l.active, l.capacity, l."lastAssignedAt"
    FROM membership m JOIN member_load l ON l."tenantId" = m."tenantId" AND l."memberId" = m.id
    WHERE m."tenantId" = ${tx.tenantId}::uuid AND m."removedAt" IS NULL
      AND (${teamId}::uuid IS NULL OR EXISTS (SELECT 1 FROM team_member t
        WHERE t."tenantId" = m."tenantId" AND t."teamId" = ${teamId}::uuid AND t."memberId" = m.id))
    ORDER BY m.id`
}

/** Passes a chat on, to a member or to a team's people, with a note if there is something to say. All or nothing. */
export async function transferConversation(
  ctx: TenantContext,
  input: z.infer<typeof transferInput>,
): Promise<void> {
  const member = memberOf(ctx)
  await inTransaction(ctx, async (tx) => {
    const conversation = await lockConversation(tx, input.conversationId)
    if (conversation.resolvedAt) throw new DomainError('CONFLICT', 'chatResolved')
    if (input.note) {
      const messageId = newId()
      await storeNote(tx, conversation, member, { messageId, text: input.note })
      await announceConversation(
        tx,
        { conversationId: conversation.id, messageId },
        audienceOf(tx.tenantId, conversation),
      )
    }
    const moved =
      input.to.kind === 'member'
        ? await giveByHand(tx, conversation, input.to.memberId)
        : await routeToTeam(tx, conversation, input.to.teamId, { reason: 'transferred' })
    if (moved) await finishMove(tx, conversation, moved)
  })
}

/** Chats offered in one transaction; the job asks again while the line moves. */
const OFFERED_AT_ONCE = 20

/**
 * Offers the waiting line, oldest first, to whoever has a place free. Runs when somebody becomes free, never on a
 * clock.
 * @returns how many chats found someone.
 */
export async function offerWaitingLine(ctx: TenantContext): Promise<number> {
  let found = 0
  for (;;) {
    const given = await inTransaction(ctx, (tx) => offerSome(tx))
    found += given
    if (given < OFFERED_AT_ONCE) return found
  }
}

async function offerSome(tx: Transaction): Promise<number> {
  // Skipped when locked: somebody is just taking it. A team with nobody free holds up no other team.
  const waiting = await tx.db.$queryRaw<{ id: string; teamId: string | null }[]>`
    SELECT v.id, v."teamId" FROM conversation v
    WHERE v."tenantId" = ${tx.tenantId}::uuid AND v."resolvedAt" IS NULL AND v."lineSince" IS NOT NULL
      AND EXISTS (SELECT 1 FROM membership m
        JOIN member_load l ON l."tenantId" = m."tenantId" AND l."memberId" = m.id AND l.active < l.capacity
        WHERE m."tenantId" = v."tenantId" AND m."removedAt" IS NULL AND m.availability = 'available'
          AND (v."teamId" IS NULL OR EXISTS (SELECT 1 FROM team_member t
            WHERE t."tenantId" = m."tenantId" AND t."teamId" = v."teamId" AND t."memberId" = m.id)))
    ORDER BY v."lineSince", v.id LIMIT ${OFFERED_AT_ONCE} FOR NO KEY UPDATE SKIP LOCKED`
  const events: NewEvent[] = []
  let given = 0
  for (const { id, teamId } of waiting) {
    const conversation = await lockConversation(tx, id)
    const candidates = await candidatesOf(tx, teamId)
    const choice = chooseAgent(candidates, { strategy: 'round-robin', stickyMemberId: null })
    if (!choice.chosen || !(await claimPlace(tx, choice.chosen))) continue
    const result = await giveTo(
      tx,
      conversation,
      { memberId: choice.chosen, teamId },
      { reason: choice.reason, data: { because: 'line', ...choice } },
    )
    await announceConversation(tx, { conversationId: id }, [
      ...audienceOf(tx.tenantId, conversation),
      ...audienceOf(tx.tenantId, result.conversation),
    ])
    events.push(...result.events)
    given += 1
  }
  await recordEvents(tx, events)
  return given
}

import { Prisma } from '@/prisma/generated/client'
import type { Transaction } from '@/server/kernel/context'
import { DomainError } from '@/server/kernel/errors'
import { canSee } from './rules'
import type { ConversationState } from './schema'

/** A chat's row, locked until the transaction ends: one change at a time. */
export type LockedConversation = {
  id: string
  channelId: string
  contactId: string
  state: ConversationState
  openedAt: Date
  openedBy: string
  assigneeId: string | null
  assignedAt: Date | null
  firstAssignedAt: Date | null
  teamId: string | null
  optionId: string | null
  optionLabel: string | null
  waitingSince: Date | null
  lineSince: Date | null
  firstLineAt: Date | null
  firstAnsweredAt: Date | null
  phoneAnsweredAt: Date | null
  abandonedAt: Date | null
  botStopped: boolean
  resolvedAt: Date | null
  resolvedById: string | null
  resolution: string | null
  inboundCount: number
  lastMessageAt: Date
}

const COLUMNS = Prisma.raw(
  `id, "channelId", "contactId", state, "openedAt", "openedBy", "assigneeId", "assignedAt", "firstAssignedAt", "teamId",
   "optionId", "optionLabel", "waitingSince", "lineSince", "firstLineAt", "firstAnsweredAt", "phoneAnsweredAt",
   "abandonedAt", "botStopped", "resolvedAt", "resolvedById", resolution, "inboundCount", "lastMessageAt"`,
)

/** Locks a chat for a command. A member must be allowed to see it; another company's id is NOT_FOUND. */
export async function lockConversation(tx: Transaction, conversationId: string): Promise<LockedConversation> {
  const rows = await tx.db.$queryRaw<LockedConversation[]>`
    SELECT ${COLUMNS} FROM conversation
    WHERE "tenantId" = ${tx.tenantId}::uuid AND id = ${conversationId}::uuid FOR NO KEY UPDATE`
  const conversation = rows[0]
  if (!conversation || (tx.actor.kind === 'member' && !canSee(conversation, tx.actor))) {
    throw new DomainError('NOT_FOUND', 'chatNotFound')
  }
  return conversation
}

/** The one unresolved chat of a contact on a channel, locked; null when there is none. */
export async function lockUnresolved(
  tx: Transaction,
  channelId: string,
  contactId: string,
): Promise<LockedConversation | null> {
  const rows = await tx.db.$queryRaw<LockedConversation[]>`
    SELECT ${COLUMNS} FROM conversation
    WHERE "tenantId" = ${tx.tenantId}::uuid AND "channelId" = ${channelId}::uuid AND "contactId" = ${contactId}::uuid
      AND "resolvedAt" IS NULL FOR NO KEY UPDATE`
  return rows[0] ?? null
}

/** The newest resolved chat of a contact on a channel: the one that a new chat is linked to. */
export async function lockLastResolved(
  tx: Transaction,
  channelId: string,
  contactId: string,
): Promise<LockedConversation | null> {
  const rows = await tx.db.$queryRaw<LockedConversation[]>`
    SELECT ${COLUMNS} FROM conversation
    WHERE "tenantId" = ${tx.tenantId}::uuid AND "channelId" = ${channelId}::uuid AND "contactId" = ${contactId}::uuid
      AND "resolvedAt" IS NOT NULL AND "mergedIntoId" IS NULL
    ORDER BY "openedAt" DESC, id DESC LIMIT 1 FOR NO KEY UPDATE`
  return rows[0] ?? null
}

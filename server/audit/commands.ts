import type { Prisma } from '@/prisma/generated/client'
import type { Transaction } from '@/server/kernel/context'
import { newId } from '@/server/kernel/ids'

export type AuditNote = {
  /** `<noun>.<what happened>`, such as `member.added`. */
  action: string
  /** `<noun>:<id>` of what it happened to. */
  target: string
  before?: Prisma.InputJsonValue
  after?: Prisma.InputJsonValue
}

/** Notes who did what, in the transaction that does it. Append-only: the app role may not change or delete a row. */
export async function recordAudit(
  tx: Transaction,
  { action, target, before, after }: AuditNote,
): Promise<void> {
  await tx.db.auditEntry.create({
    data: {
      tenantId: tx.tenantId,
      id: newId(),
      at: tx.now,
      actorKind: tx.actor.kind,
      actorId: tx.actor.kind === 'member' ? tx.actor.memberId : null,
      action,
      target,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    },
  })
}

import type { Transaction } from '@/server/kernel/context'
import type { TenantId } from '@/server/kernel/database'

/** A channel as its owner of the moment writes it: every write of an owner names the fence of its lease. */
export type OwnedChannel = { tenantId: TenantId; channelId: string; fence: bigint }

/** The channel belongs to another worker now: nothing of this owner may be written any more. */
export class LeaseLost extends Error {
  constructor() {
    super('the channel has another owner')
  }
}

/**
 * For a WITH clause whose first three values are company, channel and fence: one row while the lease has that fence.
 * The lock makes a new owner wait for writes that are under way, and writes of the old one see the new fence; renewing a
 * lease does not wait for it.
 */
export const OWNED = `owned AS (
  SELECT 1 FROM channel_lease l WHERE l."tenantId" = $1 AND l."channelId" = $2 AND l.fence = $3 FOR KEY SHARE)`

export const IS_OWNED = 'EXISTS (SELECT 1 FROM owned)'

/** @throws LeaseLost when a statement that counted `owned` found nothing. */
export function refuseLost(rows: readonly { owned: number }[]): void {
  if (rows[0]?.owned !== 1) throw new LeaseLost()
}

/** First step of a transaction in an owner's name. @throws LeaseLost */
export async function holdLease(tx: Transaction, channelId: string, fence: bigint): Promise<void> {
  const rows = await tx.db.$queryRaw<unknown[]>`
    SELECT 1 FROM channel_lease
    WHERE "tenantId" = ${tx.tenantId}::uuid AND "channelId" = ${channelId}::uuid AND fence = ${fence} FOR KEY SHARE`
  if (rows.length === 0) throw new LeaseLost()
}

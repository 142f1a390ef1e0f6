import { systemPool } from '@/server/kernel/database'

/**
 * One owner per channel. Every time comes from the database's clock, so a worker whose own clock is wrong, or who
 * slept, cannot believe that it still owns something. The fence grows with each new owner.
 */
const LEASE_SECONDS = 10

export type ChannelKey = { tenantId: string; channelId: string }

/** @returns the fence, or null while another worker holds the channel. */
export async function acquireLease(workerId: string, key: ChannelKey): Promise<bigint | null> {
  const { rows } = await systemPool().query<{ fence: string }>(
    `INSERT INTO channel_lease AS l ("tenantId", "channelId", "workerId", fence, "expiresAt")
     VALUES ($1, $2, $3, 1, clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}))
     ON CONFLICT ("tenantId", "channelId") DO UPDATE SET "workerId" = excluded."workerId", fence = l.fence + 1,
       "expiresAt" = excluded."expiresAt"
     WHERE l."expiresAt" < clock_timestamp()
     RETURNING fence`,
    [key.tenantId, key.channelId, workerId],
  )
  return rows[0] ? BigInt(rows[0].fence) : null
}

/** Keeps every lease of this worker. @returns the channels that are still its own. */
export async function renewLeases(workerId: string): Promise<Set<string>> {
  const { rows } = await systemPool().query<{ channelId: string }>(
    `UPDATE channel_lease SET "expiresAt" = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
     WHERE "workerId" = $1 AND "expiresAt" >= clock_timestamp() RETURNING "channelId"`,
    [workerId],
  )
  return new Set(rows.map((row) => row.channelId))
}

/** A clean stop hands over at once instead of letting the lease run out. */
export async function releaseLease(workerId: string, key: ChannelKey): Promise<void> {
  await systemPool().query(
    `UPDATE channel_lease SET "expiresAt" = clock_timestamp() - interval '1 second'
     WHERE "tenantId" = $1 AND "channelId" = $2 AND "workerId" = $3`,
    [key.tenantId, key.channelId, workerId],
  )
}

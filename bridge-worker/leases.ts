import { CHANNEL_WAKE } from '@/server/channels/commands'
import { checkClock } from '@/server/kernel/clock'
import { systemPool } from '@/server/kernel/database'

/**
 * One owner per channel. Every time comes from the database's clock, so a worker whose own clock is wrong, or who
 * slept, cannot believe that it still owns something. The fence grows with each new owner.
 */
const LEASE_SECONDS = 8
/** A worker counts as a peer when it has lived so long: one that dies at every start must not be given anything. */
const PROVEN_SECONDS = 2

export type ChannelKey = { tenantId: string; channelId: string }
export type Held = ChannelKey & { fence: bigint }

/**
 * Takes what is free among the given. One whose former owner is writing at this moment is left for the next round.
 * @returns the fence of each channel that is this worker's now, by the channel's id.
 */
export async function acquireLeases(
  workerId: string,
  keys: readonly ChannelKey[],
): Promise<Map<string, bigint>> {
  if (keys.length === 0) return new Map()
  const { rows } = await systemPool().query<{ channelId: string; fence: string }>(
    `WITH wished AS MATERIALIZED (
       SELECT * FROM unnest($2::uuid[], $3::uuid[]) AS w("tenantId", "channelId")
     ), expired AS MATERIALIZED (
       SELECT l."tenantId", l."channelId" FROM channel_lease l JOIN wished w USING ("tenantId", "channelId")
       WHERE l."expiresAt" < clock_timestamp() FOR UPDATE OF l SKIP LOCKED
     ), taken AS (
       UPDATE channel_lease l SET "workerId" = $1, fence = l.fence + 1,
         "expiresAt" = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
       FROM expired e WHERE l."tenantId" = e."tenantId" AND l."channelId" = e."channelId"
       RETURNING l."channelId", l.fence
     ), made AS (
       INSERT INTO channel_lease ("tenantId", "channelId", "workerId", fence, "expiresAt")
       SELECT w."tenantId", w."channelId", $1, 1, clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
       FROM wished w WHERE NOT EXISTS (SELECT 1 FROM channel_lease l
         WHERE l."tenantId" = w."tenantId" AND l."channelId" = w."channelId")
       ON CONFLICT DO NOTHING RETURNING "channelId", fence
     )
     SELECT "channelId", fence FROM taken UNION ALL SELECT "channelId", fence FROM made`,
    [workerId, keys.map(({ tenantId }) => tenantId), keys.map(({ channelId }) => channelId)],
  )
  return new Map(rows.map(({ channelId, fence }) => [channelId, BigInt(fence)]))
}

/**
 * Keeps what this worker holds, also what ran out while the database was away and nobody else has taken.
 * @returns the channels that are still its own.
 */
export async function renewLeases(workerId: string, held: readonly Held[]): Promise<Set<string>> {
  if (held.length === 0) return new Set()
  const { rows } = await systemPool().query<{ channelId: string }>(
    `UPDATE channel_lease l SET "expiresAt" = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
     FROM unnest($2::uuid[], $3::uuid[], $4::bigint[]) AS h("tenantId", "channelId", fence)
     WHERE l."tenantId" = h."tenantId" AND l."channelId" = h."channelId" AND l.fence = h.fence AND l."workerId" = $1
     RETURNING l."channelId"`,
    [
      workerId,
      held.map(({ tenantId }) => tenantId),
      held.map(({ channelId }) => channelId),
      held.map(({ fence }) => fence.toString()),
    ],
  )
  return new Set(rows.map((row) => row.channelId))
}

/** A clean stop hands over at once, and says so, instead of letting the lease run out. */
export async function releaseLease(workerId: string, key: ChannelKey, fence: bigint): Promise<void> {
  await systemPool().query(
    `WITH released AS (
       UPDATE channel_lease SET "expiresAt" = clock_timestamp() - interval '1 second'
       WHERE "tenantId" = $1 AND "channelId" = $2 AND "workerId" = $3 AND fence = $4 RETURNING 1)
     SELECT pg_notify('${CHANNEL_WAKE}', '') FROM released`,
    [key.tenantId, key.channelId, workerId, fence.toString()],
  )
}

/** Says that this worker lives, and checks its clock by the database's. */
export async function beatHeart(workerId: string): Promise<void> {
  const asked = Date.now()
  const { rows } = await systemPool().query<{ at: Date }>(
    `INSERT INTO worker (id, "startedAt", "heartbeatAt") VALUES ($1, clock_timestamp(), clock_timestamp())
     ON CONFLICT (id) DO UPDATE SET "heartbeatAt" = clock_timestamp() RETURNING clock_timestamp() AS at`,
    [workerId],
  )
  if (rows[0]) checkClock(rows[0].at, asked, Date.now())
  await systemPool().query(`DELETE FROM worker WHERE "heartbeatAt" < clock_timestamp() - interval '1 hour'`)
}

/** The worker is about to hand over: what it lets go belongs to the others' share. */
export async function retireWorker(workerId: string): Promise<void> {
  await systemPool().query('DELETE FROM worker WHERE id = $1', [workerId])
}

/** How many workers share the channels, this one included. */
export async function countWorkers(workerId: string): Promise<number> {
  const { rows } = await systemPool().query<{ others: number }>(
    `SELECT count(*)::int AS others FROM worker
     WHERE id <> $1 AND "heartbeatAt" > clock_timestamp() - make_interval(secs => ${LEASE_SECONDS})
       AND "heartbeatAt" - "startedAt" > make_interval(secs => ${PROVEN_SECONDS})`,
    [workerId],
  )
  return 1 + (rows[0]?.others ?? 0)
}

import { randomUUID } from 'node:crypto'
import { systemPool } from '@/server/kernel/database'

/** The channel is owned, as by a worker, under fence 1: what an owner does can be done in its name. */
export async function ownChannel({
  tenantId,
  channelId,
}: {
  tenantId: string
  channelId: string
}): Promise<void> {
  await systemPool().query(
    `INSERT INTO channel_lease ("tenantId", "channelId", "workerId", fence, "expiresAt")
     VALUES ($1, $2, $3, 1, clock_timestamp() + interval '1 hour')`,
    [tenantId, channelId, randomUUID()],
  )
}

import { recordAudit } from '@/server/audit/commands'
import { inTransaction, type TenantContext, type Transaction } from '@/server/kernel/context'
import { queryAs, systemPool, type TenantId } from '@/server/kernel/database'
import { DomainError } from '@/server/kernel/errors'
import { newId } from '@/server/kernel/ids'
import { log } from '@/server/kernel/log'
import { seal } from '@/server/kernel/secrets'
import { realtimeChannel } from '@/server/realtime/events'
import { publish } from '@/server/realtime/publish'
import { channelKind } from './registry'
import type { ChannelState } from './schema'

/** Wakes the worker's supervisor: somebody wants a channel started or stopped. */
export const CHANNEL_WAKE = 'channel_wake'

const wakeSupervisor = async () => {
  await systemPool().query(`SELECT pg_notify('${CHANNEL_WAKE}', '')`)
}

/** Connects another account: the worker starts its session, and the page shows the code to scan. */
export async function addChannel(
  ctx: TenantContext,
  input: { kind: string; name: string; menuId: string | null; defaultTeamId: string | null },
): Promise<{ channelId: string }> {
  const { manifest } = channelKind(input.kind)
  const channelId = newId()
  await inTransaction(ctx, async (tx) => {
    const menuId =
      input.menuId ??
      (
        await tx.db.menu.findFirst({
          where: { tenantId: tx.tenantId, publishedId: { not: null } },
          orderBy: { createdAt: 'asc' },
          select: { id: true },
        })
      )?.id ??
      null
    const teamId =
      input.defaultTeamId ??
      (
        await tx.db.team.findFirst({
          where: { tenantId: tx.tenantId, archivedAt: null },
          orderBy: { createdAt: 'asc' },
          select: { id: true },
        })
      )?.id ??
      null
    await tx.db.channel.create({
      data: {
        tenantId: tx.tenantId,
        id: channelId,
        kind: input.kind,
        name: input.name,
        menuId,
        defaultTeamId: teamId,
        state: manifest.connection === 'none' ? 'connected' : 'disconnected',
        createdAt: tx.now,
      },
    })
    await recordAudit(tx, {
      action: 'channel.added',
      target: `channel:${channelId}`,
      after: { kind: input.kind, name: input.name },
    })
    tx.afterCommit(wakeSupervisor)
    tx.afterCommit(() => tellChanged(tx.tenantId, channelId))
  })
  return { channelId }
}

export async function renameChannel(
  ctx: TenantContext,
  input: { channelId: string; name: string },
): Promise<void> {
  const { name } = input
  await inTransaction(ctx, async (tx) => {
    const found = await tx.db.channel.updateMany({ where: present(tx, input.channelId), data: { name } })
    if (found.count === 0) throw new DomainError('NOT_FOUND', 'channelNotFound')
    await noteChange(tx, input.channelId, { action: 'channel.renamed', after: { name } })
  })
}

/**
 * Pausing ends the session and keeps the link; what is written meanwhile waits and goes out in order. Paused and resumed
 * at once is a new session too: the worker goes by the count of changes. What is so already stays as it is.
 */
export async function setChannelWanted(
  ctx: TenantContext,
  input: { channelId: string; wanted: boolean },
): Promise<void> {
  const { channelId, wanted } = input
  await inTransaction(ctx, async (tx) => {
    const changed = await tx.db.channel.updateMany({
      where: { ...present(tx, channelId), wanted: !wanted },
      data: { wanted, wantedVersion: { increment: 1 } },
    })
    if (changed.count === 0) {
      const found = await tx.db.channel.count({ where: present(tx, channelId) })
      if (found === 0) throw new DomainError('NOT_FOUND', 'channelNotFound')
      return
    }
    const action = wanted ? 'channel.resumed' : 'channel.paused'
    await noteChange(tx, channelId, { action, after: { wanted } })
  })
}

const present = ({ tenantId }: Transaction, id: string) => ({ tenantId, id, archivedAt: null })

async function noteChange(
  tx: Transaction,
  channelId: string,
  change: { action: string; after: Record<string, string | boolean> },
): Promise<void> {
  await recordAudit(tx, { ...change, target: `channel:${channelId}` })
  tx.afterCommit(wakeSupervisor)
  tx.afterCommit(() => tellChanged(tx.tenantId, channelId))
}

/** Screens fetch the channel anew; the event itself carries no state and never a pairing code. */
async function tellChanged(tenantId: TenantId, channelId: string): Promise<void> {
  await publish([
    {
      channels: [
        realtimeChannel.bridge(tenantId),
        realtimeChannel.supervision(tenantId),
        realtimeChannel.all(tenantId),
      ],
      event: { type: 'channel.changed', channelId },
    },
  ])
}

/** Writes of a former owner are refused: its lease has another fence. */
export type OwnedChannel = { tenantId: TenantId; channelId: string; fence: bigint }

const OWNED = `EXISTS (SELECT 1 FROM channel_lease l WHERE l."tenantId" = $1 AND l."channelId" = $2 AND l.fence = $3)`

/** The link's state, with a line of history. @returns false when nothing changed or the lease is another's. */
export async function recordChannelState(
  owned: OwnedChannel,
  state: ChannelState,
  why: { reason?: string; code?: number } = {},
): Promise<boolean> {
  const { rowCount } = await queryAs(
    owned.tenantId,
    `WITH changed AS (
       UPDATE channel SET state = $4, "stateReason" = $5, "stateSince" = clock_timestamp()
       WHERE "tenantId" = $1 AND id = $2 AND (state <> $4 OR "stateReason" IS DISTINCT FROM $5) AND ${OWNED}
       RETURNING id
     )
     INSERT INTO channel_state_change ("tenantId", id, "channelId", state, reason, code, at)
     SELECT $1, $6, changed.id, $4, $5, $7, clock_timestamp() FROM changed`,
    [
      owned.tenantId,
      owned.channelId,
      owned.fence.toString(),
      state,
      why.reason ?? null,
      newId(),
      why.code ?? null,
    ],
  )
  if (rowCount !== 1) return false
  log.info({ channelId: owned.channelId, state, ...why }, 'channel state')
  await tellChanged(owned.tenantId, owned.channelId)
  return true
}

/** The code to scan, sealed. Realtime only says that there is another one. */
export async function recordPairing(
  owned: OwnedChannel,
  pairing: { code: string; again: boolean; expiresAt: Date } | null,
): Promise<void> {
  if (pairing) {
    await queryAs(
      owned.tenantId,
      `INSERT INTO channel_pairing ("tenantId", "channelId", code, again, "expiresAt")
       SELECT $1, $2, $4, $5, $6 WHERE ${OWNED}
       ON CONFLICT ("tenantId", "channelId") DO UPDATE SET code = excluded.code, again = excluded.again,
         "expiresAt" = excluded."expiresAt"`,
      [
        owned.tenantId,
        owned.channelId,
        owned.fence.toString(),
        seal(pairing.code, `${owned.tenantId}/${owned.channelId}`),
        pairing.again,
        pairing.expiresAt,
      ],
    )
  } else {
    await queryAs(
      owned.tenantId,
      `DELETE FROM channel_pairing WHERE "tenantId" = $1 AND "channelId" = $2 AND ${OWNED}`,
      [owned.tenantId, owned.channelId, owned.fence.toString()],
    )
  }
  await tellChanged(owned.tenantId, owned.channelId)
}

export async function recordAddress(owned: OwnedChannel, address: string): Promise<void> {
  await queryAs(
    owned.tenantId,
    `UPDATE channel SET address = $4 WHERE "tenantId" = $1 AND id = $2 AND address IS DISTINCT FROM $4 AND ${OWNED}`,
    [owned.tenantId, owned.channelId, owned.fence.toString(), address],
  )
  await tellChanged(owned.tenantId, owned.channelId)
}

/** When something last came in or went out; the monitor's "last in / out". At most once every few seconds. */
export async function recordTraffic(owned: OwnedChannel, direction: 'in' | 'out'): Promise<void> {
  const column = direction === 'in' ? '"lastInAt"' : '"lastOutAt"'
  await queryAs(
    owned.tenantId,
    `UPDATE channel SET ${column} = clock_timestamp() WHERE "tenantId" = $1 AND id = $2 AND ${OWNED}`,
    [owned.tenantId, owned.channelId, owned.fence.toString()],
  )
}

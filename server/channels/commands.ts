import { recordAudit } from '@/server/audit/commands'
import { inTransaction, type TenantContext, type Transaction } from '@/server/kernel/context'
import { queryAs, systemPool, type TenantId } from '@/server/kernel/database'
import { DomainError } from '@/server/kernel/errors'
import { newId } from '@/server/kernel/ids'
import { log } from '@/server/kernel/log'
import { seal } from '@/server/kernel/secrets'
import { realtimeChannel } from '@/server/realtime/events'
import { publish } from '@/server/realtime/publish'
import { IS_OWNED, OWNED, type OwnedChannel } from './lease'
import { channelKind } from './registry'
import type { ChannelState } from './words'

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

/** A new session now, instead of when the patience between two tries is over. A paused channel stays so. */
export async function restartChannel(ctx: TenantContext, input: { channelId: string }): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const found = await tx.db.channel.updateMany({
      where: { ...present(tx, input.channelId), wanted: true },
      data: { wantedVersion: { increment: 1 } },
    })
    if (found.count === 0) throw new DomainError('NOT_FOUND', 'channelNotFound')
    await noteChange(tx, input.channelId, { action: 'channel.restarted', after: {} })
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
export async function tellChanged(tenantId: TenantId, channelId: string): Promise<void> {
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

/** WhatsApp's last word on the number: 403 and 401 stand until the link is back; what forbids new chats stands for itself. */
const RESTRICTION_BY_STATE = `CASE $4 WHEN 'banned' THEN 'refused' WHEN 'logged-out' THEN 'logged-out'
  WHEN 'connected' THEN CASE restriction WHEN 'new-chats' THEN restriction END ELSE restriction END`

/** WhatsApp lets the number start no chats until then, or no longer says so (null). */
export async function recordRestriction(
  owned: OwnedChannel,
  lock: { until: Date | null } | null,
): Promise<void> {
  const { rowCount } = await queryAs(
    owned.tenantId,
    `WITH ${OWNED} UPDATE channel SET restriction = $4, "restrictedUntil" = $5,
       "restrictedSince" = CASE WHEN $4::text IS NULL THEN NULL WHEN restriction = $4 THEN "restrictedSince"
         ELSE clock_timestamp() END
     WHERE "tenantId" = $1 AND id = $2 AND (restriction IS NULL OR restriction = 'new-chats')
       AND (restriction IS DISTINCT FROM $4 OR "restrictedUntil" IS DISTINCT FROM $5) AND ${IS_OWNED}`,
    [owned.tenantId, owned.channelId, owned.fence.toString(), lock ? 'new-chats' : null, lock?.until ?? null],
  )
  if (rowCount === 1) await tellChanged(owned.tenantId, owned.channelId)
}

/** How many chats WhatsApp lets the number start, as it told us. */
export async function recordNewChatCap(
  owned: OwnedChannel,
  cap: { used: number; total: number; until: Date | null },
): Promise<void> {
  await queryAs(
    owned.tenantId,
    `WITH ${OWNED} UPDATE channel SET "newChatsUsed" = $4, "newChatsTotal" = $5, "newChatsUntil" = $6
     WHERE "tenantId" = $1 AND id = $2 AND ${IS_OWNED}`,
    [owned.tenantId, owned.channelId, owned.fence.toString(), cap.used, cap.total, cap.until],
  )
  await tellChanged(owned.tenantId, owned.channelId)
}

/** Asks the supervisor for a new session in the place of this one. */
export async function askForNewSession(owned: OwnedChannel): Promise<void> {
  const { rowCount } = await queryAs(
    owned.tenantId,
    `WITH ${OWNED} UPDATE channel SET "wantedVersion" = "wantedVersion" + 1 WHERE "tenantId" = $1 AND id = $2 AND wanted AND ${IS_OWNED}`,
    [owned.tenantId, owned.channelId, owned.fence.toString()],
  )
  if (rowCount === 1) await wakeSupervisor()
}

/** The link's state, with a line of history. @returns false when nothing changed or the lease is another's. */
export async function recordChannelState(
  owned: OwnedChannel,
  state: ChannelState,
  why: { reason?: string; code?: number } = {},
): Promise<boolean> {
  const { rowCount } = await queryAs(
    owned.tenantId,
    `WITH ${OWNED}, changed AS (
       UPDATE channel SET state = $4, "stateReason" = $5, "stateSince" = clock_timestamp(),
         restriction = ${RESTRICTION_BY_STATE},
         "restrictedSince" = CASE WHEN ${RESTRICTION_BY_STATE} IS NULL THEN NULL
           WHEN restriction IS NOT DISTINCT FROM ${RESTRICTION_BY_STATE} THEN "restrictedSince"
           ELSE clock_timestamp() END,
         "restrictedUntil" = CASE WHEN restriction IS NOT DISTINCT FROM ${RESTRICTION_BY_STATE} THEN "restrictedUntil" END
       WHERE "tenantId" = $1 AND id = $2 AND (state <> $4 OR "stateReason" IS DISTINCT FROM $5) AND ${IS_OWNED}
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
      `WITH ${OWNED} INSERT INTO channel_pairing ("tenantId", "channelId", code, again, "expiresAt")
       SELECT $1, $2, $4, $5, $6 WHERE ${IS_OWNED}
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
      `WITH ${OWNED} DELETE FROM channel_pairing WHERE "tenantId" = $1 AND "channelId" = $2 AND ${IS_OWNED}`,
      [owned.tenantId, owned.channelId, owned.fence.toString()],
    )
  }
  await tellChanged(owned.tenantId, owned.channelId)
}

export async function recordAddress(owned: OwnedChannel, address: string): Promise<void> {
  await queryAs(
    owned.tenantId,
    `WITH ${OWNED} UPDATE channel SET address = $4 WHERE "tenantId" = $1 AND id = $2 AND address IS DISTINCT FROM $4 AND ${IS_OWNED}`,
    [owned.tenantId, owned.channelId, owned.fence.toString(), address],
  )
  await tellChanged(owned.tenantId, owned.channelId)
}

/** When something last came in or went out; the monitor's "last in / out". At most once every few seconds. */
export async function recordTraffic(owned: OwnedChannel, direction: 'in' | 'out'): Promise<void> {
  const column = direction === 'in' ? '"lastInAt"' : '"lastOutAt"'
  await queryAs(
    owned.tenantId,
    `WITH ${OWNED} UPDATE channel SET ${column} = clock_timestamp() WHERE "tenantId" = $1 AND id = $2 AND ${IS_OWNED}`,
    [owned.tenantId, owned.channelId, owned.fence.toString()],
  )
}

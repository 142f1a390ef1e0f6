import type { TenantContext } from '@/server/kernel/context'
import { queryAs, queryIn, type TenantId } from '@/server/kernel/database'
import { DomainError } from '@/server/kernel/errors'
import { open } from '@/server/kernel/secrets'
import type { ChannelSummary } from './schema'

/** All channels of the company with their live state. One statement. */
export async function listChannels(ctx: TenantContext): Promise<ChannelSummary[]> {
  const { rows } = await queryIn<ChannelSummary>(
    ctx,
    `SELECT c.id, c.kind, c.name, c.address, c.wanted, c.state, c."stateReason", c."stateSince", c."lastInAt",
       c."lastOutAt", c.restriction, c."restrictedUntil", m.name AS "menuName", t.name AS "defaultTeamName",
       (SELECT count(*)::int FROM outbox o WHERE o."tenantId" = $1 AND o."channelId" = c.id) AS waiting
     FROM channel c
     LEFT JOIN menu m ON m."tenantId" = $1 AND m.id = c."menuId"
     LEFT JOIN team t ON t."tenantId" = $1 AND t.id = c."defaultTeamId"
     WHERE c."tenantId" = $1 AND c."archivedAt" IS NULL ORDER BY c."createdAt", c.id`,
    [ctx.tenantId],
  )
  return rows
}

/** The code to scan now, opened for who may connect; null when there is none or it ran out. */
export async function pairingOf(ctx: TenantContext, channelId: string) {
  const channel = await ctx.db.channel.findFirst({
    where: { tenantId: ctx.tenantId, id: channelId, archivedAt: null },
    select: { state: true, stateReason: true, address: true },
  })
  if (!channel) throw new DomainError('NOT_FOUND', 'channelNotFound')
  const pairing = await ctx.db.channelPairing.findUnique({
    where: { tenantId_channelId: { tenantId: ctx.tenantId, channelId } },
  })
  const live = pairing && pairing.expiresAt > ctx.now
  return {
    ...channel,
    pairing: live
      ? {
          code: open(pairing.code, `${ctx.tenantId}/${channelId}`).toString(),
          again: pairing.again,
          expiresAt: pairing.expiresAt,
        }
      : null,
  }
}

/** @returns false when another channel of the company is linked to this account and wanted. */
export async function isAddressFree(
  tenantId: TenantId,
  channelId: string,
  address: string,
): Promise<boolean> {
  const { rows } = await queryAs<{ isFree: boolean }>(
    tenantId,
    `SELECT NOT EXISTS (SELECT 1 FROM channel c WHERE c."tenantId" = $1 AND c.id <> $2 AND c.address = $3 AND c.wanted
       AND c."archivedAt" IS NULL AND c.state IN ('connected', 'connecting', 'syncing', 'silent')) AS "isFree"`,
    [tenantId, channelId, address],
  )
  return rows[0]?.isFree ?? true
}

/** The text of a message of ours by the provider's id, for a receiver that asks for it again. */
export async function sentTextOf(
  tenantId: TenantId,
  channelId: string,
  externalId: string,
): Promise<string | null> {
  const { rows } = await queryAs<{ text: string }>(
    tenantId,
    `SELECT text FROM message WHERE "tenantId" = $1 AND "channelId" = $2 AND "externalId" = $3 AND direction = 'out'
       AND "createdAt" > clock_timestamp() - interval '14 days'`,
    [tenantId, channelId, externalId],
  )
  return rows[0]?.text ?? null
}

import type { z } from 'zod'
import { recordAudit } from '@/server/audit/commands'
import { inTransaction, memberOf, type TenantContext, type Transaction } from '@/server/kernel/context'
import { DomainError } from '@/server/kernel/errors'
import { newId } from '@/server/kernel/ids'
import { insertTeam } from '@/server/members/teams'
import { publishDefinition } from '@/server/menu/commands'
import { fold } from '@/server/menu/reading'
import { type MenuLocale, type Trade, trades } from '@/server/menu/schema'
import { menuFromTemplate, teamsOfTemplate } from '@/server/menu/templates'
import { type chooseTemplateInput, localeOf } from './schema'

/**
 * Makes a starter menu the company's own and publishes it, with the teams that it leads to. It may be done again until
 * a number is connected: what another template brought and nobody used goes.
 * @throws DomainError CONFLICT `menuIsLive` once a number is connected, `menuDraftChanged` while it is being edited;
 * NOT_FOUND when the company has no phone any more
 */
export function chooseTemplate(
  ctx: TenantContext,
  { trade }: z.infer<typeof chooseTemplateInput>,
): Promise<{ menuId: string; versionId: string }> {
  return inTransaction(ctx, async (tx) => {
    const { name, locale } = await tx.db.tenant.findUniqueOrThrow({
      where: { id: tx.tenantId },
      select: { name: true, locale: true },
    })
    const { menuId, frontTeamId } = await phoneOrThrow(tx)
    const teams = await placeTeams(tx, trade, localeOf(locale), frontTeamId)
    const { versionId } = await publishDefinition(tx, {
      menuId,
      definition: menuFromTemplate(trade, localeOf(locale), {
        company: name,
        teamIdOf: (key) => teams.get(key) ?? frontTeamId,
        newId,
      }),
    })
    await recordAudit(tx, { action: 'menu.template-chosen', target: `menu:${menuId}`, after: { trade } })
    return { menuId, versionId }
  })
}

async function phoneOrThrow(tx: Transaction): Promise<{ menuId: string; frontTeamId: string }> {
  const { tenantId } = tx
  const phone = await tx.db.channel.findFirst({
    where: { tenantId, kind: 'simulator', archivedAt: null, menuId: { not: null } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { menuId: true, defaultTeamId: true },
  })
  if (!phone?.menuId || !phone.defaultTeamId) throw new DomainError('NOT_FOUND', 'channelNotFound')
  const numbers = await tx.db.channel.count({
    where: {
      tenantId,
      kind: { not: 'simulator' },
      archivedAt: null,
      OR: [{ state: 'connected' }, { address: { not: null } }],
    },
  })
  if (numbers > 0) throw new DomainError('CONFLICT', 'menuIsLive')
  return { menuId: phone.menuId, frontTeamId: phone.defaultTeamId }
}

/**
 * The teams of the template by key: the phone's own team is the front and takes its name, the others are those of the
 * same name or new ones, in which whoever chose serves until others come.
 */
async function placeTeams(
  tx: Transaction,
  trade: Trade,
  locale: MenuLocale,
  frontTeamId: string,
): Promise<Map<string, string>> {
  const { tenantId } = tx
  const { memberId } = memberOf(tx)
  const teams = await tx.db.team.findMany({
    where: { tenantId, archivedAt: null },
    select: { id: true, name: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  const placed = new Map<string, string>()
  for (const { key, name } of teamsOfTemplate(trade, locale)) {
    if (key === 'front') {
      placed.set(key, frontTeamId)
      const front = teams.find(({ id }) => id === frontTeamId)
      if (front && isBrought(front.name, 'front')) await renameTeamTo(tx, front, name)
      continue
    }
    const known = teams.find((team) => team.id !== frontTeamId && fold(team.name) === fold(name))
    const teamId = known?.id ?? (await insertTeam(tx, { name })).id
    placed.set(key, teamId)
    // Managers hear of every chat already, so nothing changes in what their screens may be told.
    await tx.db.teamMember.createMany({ data: [{ tenantId, teamId, memberId }], skipDuplicates: true })
  }
  const kept = new Set(placed.values())
  for (const team of teams) {
    if (!kept.has(team.id) && isBrought(team.name)) await archiveUnused(tx, team.id)
  }
  return placed
}

/** Whether a team still carries a name that some template gave it. @param key that of one team; absent: of any */
function isBrought(name: string, key?: string): boolean {
  return trades.some((trade) =>
    (['es', 'en', 'pt'] as const).some((locale) =>
      teamsOfTemplate(trade, locale).some(
        (team) => (key === undefined || team.key === key) && fold(team.name) === fold(name),
      ),
    ),
  )
}

async function renameTeamTo(
  tx: Transaction,
  team: { id: string; name: string },
  name: string,
): Promise<void> {
  if (team.name === name) return
  await tx.db.team.update({ where: { tenantId_id: { tenantId: tx.tenantId, id: team.id } }, data: { name } })
  await recordAudit(tx, {
    action: 'team.renamed',
    target: `team:${team.id}`,
    before: { name: team.name },
    after: { name },
  })
}

/** A team that had a chat, a channel, or people beside the one who chooses stays. */
async function archiveUnused(tx: Transaction, teamId: string): Promise<void> {
  const { tenantId } = tx
  const [chats, channels, others] = await Promise.all([
    tx.db.conversation.count({ where: { tenantId, teamId } }),
    tx.db.channel.count({ where: { tenantId, defaultTeamId: teamId } }),
    tx.db.teamMember.count({ where: { tenantId, teamId, memberId: { not: memberOf(tx).memberId } } }),
  ])
  if (chats + channels + others > 0) return
  await tx.db.team.update({
    where: { tenantId_id: { tenantId, id: teamId } },
    data: { archivedAt: tx.now },
  })
  await recordAudit(tx, { action: 'team.archived', target: `team:${teamId}` })
}

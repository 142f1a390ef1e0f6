import { memberOf, type TenantContext } from '@/server/kernel/context'
import { queryIn } from '@/server/kernel/database'
import { trades } from '@/server/menu/schema'
import { menuFromTemplate, teamsOfTemplate } from '@/server/menu/templates'
import { type FirstRun, type FirstStep, localeOf, type TemplateSample } from './schema'

type Facts = Record<Exclude<FirstStep, 'company'>, boolean> & {
  channelId: string | null
  menuId: string | null
  chatId: string | null
}

/**
 * How far the company has come. The steps are the company's, not the asking member's, so that two managers read one
 * list. One statement of first rows: it is asked with every page of a manager.
 */
export async function readFirstRun(ctx: TenantContext): Promise<FirstRun> {
  const { rows } = await queryIn<Facts>(
    ctx,
    `SELECT p.id AS "channelId", p."menuId",
       -- The first version came with the company; choosing or editing publishes another.
       coalesce((SELECT v.number > 1 FROM menu m
          JOIN menu_version v ON v."tenantId" = $1 AND v.id = m."publishedId"
         WHERE m."tenantId" = $1 AND m.id = p."menuId"), false) AS menu,
       EXISTS (SELECT 1 FROM conversation v WHERE v."tenantId" = $1 AND v."inboundCount" > 0) AS wrote,
       EXISTS (SELECT 1 FROM conversation_event e WHERE e."tenantId" = $1 AND e.type = 'menu-asked') AS greeted,
       EXISTS (SELECT 1 FROM conversation_event e WHERE e."tenantId" = $1 AND e.type = 'assigned') AS reached,
       EXISTS (SELECT 1 FROM conversation_event e WHERE e."tenantId" = $1 AND e.type = 'answered') AS answered,
       EXISTS (SELECT 1 FROM channel c WHERE c."tenantId" = $1 AND c.kind <> 'simulator' AND c."archivedAt" IS NULL
         AND (c.state = 'connected' OR c.address IS NOT NULL)) AS connected,
       (SELECT v.id FROM conversation v WHERE v."tenantId" = $1 AND v."channelId" = p.id
          AND (v."assigneeId" = $2 OR v."lineSince" IS NOT NULL)
        ORDER BY (v."resolvedAt" IS NULL) DESC, v."lastMessageAt" DESC, v.id DESC LIMIT 1) AS "chatId"
     FROM (SELECT 1) one LEFT JOIN LATERAL (
       SELECT c.id, c."menuId" FROM channel c
        WHERE c."tenantId" = $1 AND c.kind = 'simulator' AND c."archivedAt" IS NULL AND c."menuId" IS NOT NULL
        ORDER BY c."createdAt", c.id LIMIT 1) p ON true`,
    [ctx.tenantId, memberOf(ctx).memberId],
  )
  const [facts] = rows
  if (!facts) throw new Error('a statement that always answers one row answered none')
  const { channelId, menuId, chatId, ...steps } = facts
  const phone = channelId && menuId ? { channelId, menuId } : null
  return { phone, mayChoose: phone !== null && !steps.connected, steps: { company: true, ...steps }, chatId }
}

/** The starter menus in the company's language and name, to be looked at before one is chosen. */
export async function listTemplates(ctx: TenantContext): Promise<TemplateSample[]> {
  const { name, locale: stored } = await ctx.db.tenant.findUniqueOrThrow({
    where: { id: ctx.tenantId },
    select: { name: true, locale: true },
  })
  const locale = localeOf(stored)
  return trades.map((trade) => ({
    trade,
    definition: menuFromTemplate(trade, locale, {
      company: name,
      teamIdOf: (key) => key,
      newId: numbered(trade),
    }),
    teams: teamsOfTemplate(trade, locale).map(({ key, name: team }) => ({ id: key, name: team })),
  }))
}

/** Ids that are the same at every look: a sample is no menu. */
function numbered(trade: string): () => string {
  let count = 0
  return () => {
    count += 1
    return `${trade}-${count}`
  }
}

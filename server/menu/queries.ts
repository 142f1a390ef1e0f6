import type { TenantContext, Transaction } from '@/server/kernel/context'
import type { TenantId, TenantTx } from '@/server/kernel/database'
import { DomainError } from '@/server/kernel/errors'
import {
  type EditedMenu,
  type MenuDefinition,
  type MenuRow,
  menuDefinitionSchema,
  type VersionRow,
} from './schema'

/** What both a context and a transaction offer. */
type Reader = { readonly tenantId: TenantId; readonly db: TenantTx }

/** The company's menus by age, with the channels that use each. */
export async function listMenus(ctx: TenantContext): Promise<MenuRow[]> {
  const menus = await ctx.db.menu.findMany({
    where: { tenantId: ctx.tenantId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    include: {
      channels: {
        where: { archivedAt: null },
        select: { id: true, kind: true, name: true },
        orderBy: { name: 'asc' },
      },
      versions: {
        where: { publishedAt: { not: null } },
        select: { id: true, number: true, publishedAt: true },
      },
    },
  })
  return menus.map(({ id, name, publishedId, channels, versions }) => {
    const published = versions.find((version) => version.id === publishedId)
    return {
      id,
      name,
      channels,
      publishedNumber: published?.number ?? null,
      publishedAt: published?.publishedAt ?? null,
    }
  })
}

/**
 * A menu with what is being edited.
 * @throws DomainError NOT_FOUND
 */
export async function getMenu(ctx: TenantContext, menuId: string): Promise<EditedMenu> {
  const menu = (await listMenus(ctx)).find(({ id }) => id === menuId)
  const versions = await listVersions(ctx, menuId)
  const draft = versions.find(({ state }) => state === 'draft') ?? null
  const published = versions.find(({ state }) => state === 'published') ?? null
  const edited = draft ?? published ?? versions[0]
  if (!menu || !edited) throw new DomainError('NOT_FOUND', 'menuNotFound', { field: 'menuId' })
  const { definition } = await versionOrThrow(ctx, menuId, edited.id)
  return { ...menu, draft, published, definition }
}

/**
 * Every version of a menu, the newest first.
 * @throws DomainError NOT_FOUND
 */
export async function listVersions(ctx: TenantContext, menuId: string): Promise<VersionRow[]> {
  const { tenantId } = ctx
  const menu = await ctx.db.menu.findFirst({
    where: { tenantId, id: menuId },
    select: {
      publishedId: true,
      versions: { orderBy: { number: 'desc' }, omit: { definition: true } },
    },
  })
  if (!menu) throw new DomainError('NOT_FOUND', 'menuNotFound', { field: 'menuId' })
  const authorIds = menu.versions.flatMap(({ createdById }) => createdById ?? [])
  const authors = await ctx.db.member.findMany({
    where: { tenantId, id: { in: [...new Set(authorIds)] } },
    select: { id: true, name: true },
  })
  const nameOf = new Map(authors.map(({ id, name }) => [id, name]))
  return menu.versions.map((version, place) => ({
    id: version.id,
    number: version.number,
    state: stateOf(version, { isNewest: place === 0, publishedId: menu.publishedId }),
    createdAt: version.createdAt,
    updatedAt: version.updatedAt,
    publishedAt: version.publishedAt,
    authorName: version.createdById === null ? null : (nameOf.get(version.createdById) ?? null),
  }))
}

function stateOf(
  version: { id: string; publishedAt: Date | null },
  { isNewest, publishedId }: { isNewest: boolean; publishedId: string | null },
): VersionRow['state'] {
  if (version.id === publishedId) return 'published'
  return isNewest && version.publishedAt === null ? 'draft' : 'old'
}

/** @throws DomainError NOT_FOUND also for a version of another menu */
export async function versionOrThrow(
  reader: Reader,
  menuId: string,
  versionId: string,
): Promise<{ id: string; number: number; definition: MenuDefinition }> {
  const version = await reader.db.menuVersion.findFirst({
    where: { tenantId: reader.tenantId, menuId, id: versionId },
  })
  if (!version) throw new DomainError('NOT_FOUND', 'menuVersionNotFound', { field: 'versionId' })
  return {
    id: version.id,
    number: version.number,
    definition: menuDefinitionSchema.parse(version.definition),
  }
}

/** The draft: the newest version while it has not been published. */
export async function draftOf(tx: Transaction, menuId: string) {
  const newest = await tx.db.menuVersion.findFirst({
    where: { tenantId: tx.tenantId, menuId },
    orderBy: { number: 'desc' },
  })
  return { draft: newest?.publishedAt === null ? newest : null, nextNumber: (newest?.number ?? 0) + 1 }
}

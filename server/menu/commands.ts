import type { z } from 'zod'
import { recordAudit } from '@/server/audit/commands'
import { inTransaction, type TenantContext, type Transaction } from '@/server/kernel/context'
import { DomainError } from '@/server/kernel/errors'
import { newId } from '@/server/kernel/ids'
import { draftOf, versionOrThrow } from './queries'
import { fold } from './reading'
import { checkMenu, reasonOfProblem } from './rules'
import {
  type createMenuInput,
  type MenuDefinition,
  menuDefinitionSchema,
  type publishMenuInput,
  type restoreVersionInput,
  type SeenDraft,
  type saveDraftInput,
} from './schema'
import { menuFromTemplate, teamsOfTemplate } from './templates'

export type SavedDraft = { versionId: string; number: number; updatedAt: Date }
type PublishedVersion = { versionId: string; number: number; publishedAt: Date }

/**
 * The rows of a new menu, inside the caller's transaction.
 * @param publish whether it speaks at once; else it is a draft.
 */
export async function createMenu(
  tx: Transaction,
  { name, definition, publish }: { name: string; definition: MenuDefinition; publish: boolean },
): Promise<{ menuId: string; versionId: string }> {
  const menuId = newId()
  const versionId = newId()
  await tx.db.menu.create({
    data: {
      tenantId: tx.tenantId,
      id: menuId,
      name,
      publishedId: publish ? versionId : null,
      createdAt: tx.now,
    },
  })
  await insertVersion(tx, {
    id: versionId,
    menuId,
    number: 1,
    definition,
    publishedAt: publish ? tx.now : null,
  })
  await recordAudit(tx, {
    action: 'menu.created',
    target: `menu:${menuId}`,
    after: { name, published: publish },
  })
  return { menuId, versionId }
}

/**
 * A menu from a template, as a draft, its options leading to the company's own teams: those of the same name, else the
 * first. Channels without a menu get it, and are silent until it is published.
 * @throws DomainError CONFLICT when the company has no team yet
 */
export function createMenuFromTemplate(
  ctx: TenantContext,
  { name, trade, locale }: z.infer<typeof createMenuInput>,
): Promise<{ menuId: string }> {
  return inTransaction(ctx, async (tx) => {
    const { tenantId } = tx
    const company = await tx.db.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { name: true } })
    const teams = await tx.db.team.findMany({
      where: { tenantId, archivedAt: null },
      select: { id: true, name: true },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    })
    const [first] = teams
    if (!first) throw new DomainError('CONFLICT', 'menuNeedsTeam')
    const names = new Map(teamsOfTemplate(trade, locale).map((team) => [team.key, fold(team.name)]))
    const definition = menuFromTemplate(trade, locale, {
      company: company.name,
      teamIdOf: (key) => (teams.find((team) => fold(team.name) === names.get(key)) ?? first).id,
      newId,
    })
    const { menuId } = await createMenu(tx, { name, definition, publish: false })
    await tx.db.channel.updateMany({ where: { tenantId, menuId: null, archivedAt: null }, data: { menuId } })
    return { menuId }
  })
}

/**
 * Keeps what is being edited. The first save after a publication begins a new version.
 * @throws DomainError NOT_FOUND; CONFLICT `menuDraftChanged` when somebody else saved since `seen`
 */
export function saveDraft(
  ctx: TenantContext,
  { menuId, definition, seen }: z.infer<typeof saveDraftInput>,
): Promise<SavedDraft> {
  return inTransaction(ctx, async (tx) => {
    await lockMenu(tx, menuId)
    return writeDraft(tx, menuId, definition, await unchangedDraft(tx, menuId, seen))
  })
}

/**
 * Makes the draft the version that new chats meet; chats already in the menu stay in theirs.
 * @throws DomainError NOT_FOUND; CONFLICT `menuDraftChanged`, `menuNothingToPublish`; INVALID named after the first
 * error that checkMenu finds, its place in `field`
 */
export function publishMenu(
  ctx: TenantContext,
  { menuId, seen }: z.infer<typeof publishMenuInput>,
): Promise<PublishedVersion> {
  return inTransaction(ctx, async (tx) => {
    const { publishedId } = await lockMenu(tx, menuId)
    const { draft } = await unchangedDraft(tx, menuId, seen)
    if (!draft) throw new DomainError('CONFLICT', 'menuNothingToPublish')
    await refuseProblems(tx, menuDefinitionSchema.parse(draft.definition))
    return publishVersion(tx, menuId, draft, publishedId)
  })
}

/**
 * Publishes a whole definition at once, inside the caller's transaction: for menus that nobody is editing.
 * @throws DomainError NOT_FOUND; CONFLICT `menuDraftChanged` while there is a draft; INVALID as publishMenu
 */
export async function publishDefinition(
  tx: Transaction,
  { menuId, definition }: { menuId: string; definition: MenuDefinition },
): Promise<PublishedVersion> {
  const { publishedId } = await lockMenu(tx, menuId)
  const nobodysDraft = await unchangedDraft(tx, menuId, null)
  await refuseProblems(tx, definition)
  const { versionId: id, number } = await writeDraft(tx, menuId, definition, nobodysDraft)
  return publishVersion(tx, menuId, { id, number }, publishedId)
}

async function publishVersion(
  tx: Transaction,
  menuId: string,
  { id, number }: { id: string; number: number },
  publishedId: string | null,
): Promise<PublishedVersion> {
  const { tenantId } = tx
  await tx.db.menuVersion.update({ where: { tenantId_id: { tenantId, id } }, data: { publishedAt: tx.now } })
  await tx.db.menu.update({ where: { tenantId_id: { tenantId, id: menuId } }, data: { publishedId: id } })
  await recordAudit(tx, {
    action: 'menu.published',
    target: `menu:${menuId}`,
    before: { versionId: publishedId },
    after: { versionId: id, number },
  })
  return { versionId: id, number, publishedAt: tx.now }
}

/**
 * Puts the words of an older version into the draft; publishing it is a step of its own.
 * @throws DomainError NOT_FOUND
 */
export function restoreVersion(
  ctx: TenantContext,
  { menuId, versionId }: z.infer<typeof restoreVersionInput>,
): Promise<SavedDraft> {
  return inTransaction(ctx, async (tx) => {
    await lockMenu(tx, menuId)
    const version = await versionOrThrow(tx, menuId, versionId)
    const saved = await writeDraft(tx, menuId, version.definition, await draftOf(tx, menuId))
    await recordAudit(tx, {
      action: 'menu.restored',
      target: `menu:${menuId}`,
      after: { from: version.number, draft: saved.number },
    })
    return saved
  })
}

/** One change of a menu at a time: the second editor waits here and then meets what the first has saved. */
async function lockMenu(tx: Transaction, menuId: string): Promise<{ publishedId: string | null }> {
  const rows = await tx.db.$queryRaw<{ publishedId: string | null }[]>`
    SELECT "publishedId" FROM menu WHERE "tenantId" = ${tx.tenantId}::uuid AND id = ${menuId}::uuid FOR UPDATE`
  const [menu] = rows
  if (!menu) throw new DomainError('NOT_FOUND', 'menuNotFound', { field: 'menuId' })
  return menu
}

type Draft = Awaited<ReturnType<typeof draftOf>>

async function unchangedDraft(tx: Transaction, menuId: string, seen: SeenDraft): Promise<Draft> {
  const found = await draftOf(tx, menuId)
  const isSeen =
    found.draft?.id === seen?.versionId && found.draft?.updatedAt.getTime() === seen?.updatedAt.getTime()
  if (!isSeen) throw new DomainError('CONFLICT', 'menuDraftChanged')
  return found
}

/** The draft saves itself every few seconds: the audit notes one entry per sitting. */
const SITTING_MS = 10 * 60_000

async function writeDraft(
  tx: Transaction,
  menuId: string,
  definition: MenuDefinition,
  { draft, nextNumber }: Draft,
): Promise<SavedDraft> {
  const saved = draft
    ? await updateVersion(tx, draft, definition)
    : await insertVersion(tx, { id: newId(), menuId, number: nextNumber, definition, publishedAt: null })
  if (!draft || tx.now.getTime() - draft.updatedAt.getTime() > SITTING_MS) {
    await recordAudit(tx, {
      action: 'menu.draft-saved',
      target: `menu:${menuId}`,
      after: { versionId: saved.versionId, number: saved.number },
    })
  }
  return saved
}

async function updateVersion(
  tx: Transaction,
  draft: { id: string; number: number; updatedAt: Date },
  definition: MenuDefinition,
): Promise<SavedDraft> {
  // Never the same instant twice: it is how the next save knows what its editor has seen.
  const updatedAt = new Date(Math.max(tx.now.getTime(), draft.updatedAt.getTime() + 1))
  await tx.db.menuVersion.update({
    where: { tenantId_id: { tenantId: tx.tenantId, id: draft.id } },
    data: { definition, updatedAt },
  })
  return { versionId: draft.id, number: draft.number, updatedAt }
}

async function insertVersion(
  tx: Transaction,
  version: {
    id: string
    menuId: string
    number: number
    definition: MenuDefinition
    publishedAt: Date | null
  },
): Promise<SavedDraft> {
  await tx.db.menuVersion.create({
    data: {
      tenantId: tx.tenantId,
      ...version,
      createdById: tx.actor.kind === 'member' ? tx.actor.memberId : null,
      createdAt: tx.now,
      updatedAt: tx.now,
    },
  })
  return { versionId: version.id, number: version.number, updatedAt: tx.now }
}

async function refuseProblems(tx: Transaction, definition: MenuDefinition): Promise<void> {
  const teams = await tx.db.team.findMany({
    where: { tenantId: tx.tenantId, archivedAt: null },
    select: { id: true },
  })
  const first = checkMenu(
    definition,
    teams.map(({ id }) => id),
  ).find(({ severity }) => severity === 'error')
  if (!first) return
  const place = [first.screenId, first.optionId].filter((id) => id !== null).join('.')
  throw new DomainError('INVALID', reasonOfProblem(first.code), place ? { field: place } : {})
}

import { expect, test } from 'vitest'
import { inTransaction } from '@/server/kernel/context'
import { newId } from '@/server/kernel/ids'
import { createCompany, type TestCompany } from '@/tests/support/factories'
import { createMenu, createMenuFromTemplate, publishMenu, restoreVersion, saveDraft } from './commands'
import { getMenu, listMenus, listVersions } from './queries'
import type { MenuDefinition } from './schema'
import { menuFromTemplate } from './templates'

/** A company with a menu of its own, published as version 1. */
async function companyWithMenu() {
  const company = await createCompany()
  const definition = menuFromTemplate('shop', 'es', {
    company: 'La Tienda',
    teamIdOf: () => company.teamId,
    newId,
  })
  const { menuId, versionId } = await inTransaction(company.ownerCtx, (tx) =>
    createMenu(tx, { name: 'Menú de la tienda', definition, publish: true }),
  )
  return { company, ctx: company.ownerCtx, menuId, versionId, definition }
}

const saying = (definition: MenuDefinition, missText: string): MenuDefinition => ({ ...definition, missText })
const later = <Ctx extends { now: Date }>(ctx: Ctx, ms: number): Ctx => ({
  ...ctx,
  now: new Date(ctx.now.getTime() + ms),
})

async function auditOf({ ownerCtx }: TestCompany, menuId: string) {
  const entries = await ownerCtx.db.auditEntry.findMany({
    where: { tenantId: ownerCtx.tenantId, target: `menu:${menuId}` },
    orderBy: { id: 'asc' },
  })
  return entries.map(({ action }) => action)
}

test('a menu published when it was made speaks at once and has no draft', async () => {
  const { ctx, menuId, versionId, definition } = await companyWithMenu()

  expect(await getMenu(ctx, menuId)).toMatchObject({
    name: 'Menú de la tienda',
    draft: null,
    published: { id: versionId, number: 1, state: 'published', authorName: 'Olga Dueña' },
    definition,
  })
  expect((await listMenus(ctx)).find(({ id }) => id === menuId)).toMatchObject({ publishedNumber: 1 })
})

test('the first save begins a draft beside the published version, further ones change it', async () => {
  const { company, ctx, menuId, definition } = await companyWithMenu()

  const first = await saveDraft(ctx, { menuId, definition: saying(definition, 'Uno'), seen: null })
  const second = await saveDraft(ctx, { menuId, definition: saying(definition, 'Dos'), seen: first })

  expect(second).toMatchObject({ versionId: first.versionId, number: 2 })
  expect(await getMenu(ctx, menuId)).toMatchObject({
    published: { number: 1 },
    draft: { number: 2, state: 'draft' },
    definition: { missText: 'Dos' },
  })
  expect(await auditOf(company, menuId)).toEqual(['menu.created', 'menu.draft-saved'])
})

test('a new sitting is noted again', async () => {
  const { company, ctx, menuId, definition } = await companyWithMenu()
  const first = await saveDraft(ctx, { menuId, definition, seen: null })
  await saveDraft(later(ctx, 11 * 60_000), { menuId, definition, seen: first })

  expect(await auditOf(company, menuId)).toEqual(['menu.created', 'menu.draft-saved', 'menu.draft-saved'])
})

test('two editors never overwrite each other unseen', async () => {
  const { company, ctx, menuId, definition } = await companyWithMenu()
  const admin = await (await company.agent({ role: 'admin' })).ctx()
  const mine = await saveDraft(ctx, { menuId, definition: saying(definition, 'Mío'), seen: null })

  const theirs = saveDraft(admin, { menuId, definition: saying(definition, 'Suyo'), seen: null })
  await expect(theirs).rejects.toMatchObject({ code: 'CONFLICT', reason: 'menuDraftChanged' })
  await expect(publishMenu(admin, { menuId, seen: null })).rejects.toMatchObject({
    reason: 'menuDraftChanged',
  })
  expect(await getMenu(ctx, menuId)).toMatchObject({
    draft: { updatedAt: mine.updatedAt },
    definition: { missText: 'Mío' },
  })
})

test('two who begin a draft at the same instant get one draft', async () => {
  const { ctx, menuId, definition } = await companyWithMenu()
  const results = await Promise.allSettled(
    ['Uno', 'Dos'].map((text) =>
      saveDraft(ctx, { menuId, definition: saying(definition, text), seen: null }),
    ),
  )

  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await listVersions(ctx, menuId)).toHaveLength(2)
})

test('publishing makes the draft speak and keeps the version before it', async () => {
  const { company, ctx, menuId, versionId, definition } = await companyWithMenu()
  const draft = await saveDraft(ctx, { menuId, definition: saying(definition, 'Nuevo'), seen: null })

  const published = await publishMenu(later(ctx, 1_000), { menuId, seen: draft })

  expect(published).toMatchObject({ versionId: draft.versionId, number: 2 })
  expect(await getMenu(ctx, menuId)).toMatchObject({
    draft: null,
    published: { number: 2 },
    definition: { missText: 'Nuevo' },
  })
  expect((await listVersions(ctx, menuId)).map(({ id, state }) => [id, state])).toEqual([
    [draft.versionId, 'published'],
    [versionId, 'old'],
  ])
  const entry = await ctx.db.auditEntry.findFirst({
    where: { tenantId: ctx.tenantId, action: 'menu.published' },
  })
  expect(entry).toMatchObject({ before: { versionId }, after: { versionId: draft.versionId, number: 2 } })
  expect(await auditOf(company, menuId)).toContain('menu.published')
})

test('a menu with an error is not published, and the refusal names it and its place', async () => {
  const { ctx, menuId, definition } = await companyWithMenu()
  const [first, ...others] = definition.screens
  if (!first) throw new Error('the template lost its first screen')
  const [option, ...rest] = first.options
  if (!option) throw new Error('the template lost its first option')
  const toNowhere = { ...option, leadsTo: { kind: 'team' as const, teamId: newId() } }
  const broken = { ...definition, screens: [{ ...first, options: [toNowhere, ...rest] }, ...others] }
  const draft = await saveDraft(ctx, { menuId, definition: broken, seen: null })

  await expect(publishMenu(ctx, { menuId, seen: draft })).rejects.toMatchObject({
    code: 'INVALID',
    reason: 'menuTeamUnknown',
    field: `${first.id}.${option.id}`,
  })
  expect(await getMenu(ctx, menuId)).toMatchObject({ published: { number: 1 }, draft: { number: 2 } })
})

test('there is nothing to publish without a draft', async () => {
  const { ctx, menuId } = await companyWithMenu()
  await expect(publishMenu(ctx, { menuId, seen: null })).rejects.toMatchObject({
    code: 'CONFLICT',
    reason: 'menuNothingToPublish',
  })
})

test('an older version comes back as a draft, and customers do not meet it yet', async () => {
  const { company, ctx, menuId, versionId, definition } = await companyWithMenu()
  const draft = await saveDraft(ctx, { menuId, definition: saying(definition, 'Nuevo'), seen: null })
  await publishMenu(ctx, { menuId, seen: draft })

  const restored = await restoreVersion(ctx, { menuId, versionId })

  expect(restored.number).toBe(3)
  expect(await getMenu(ctx, menuId)).toMatchObject({
    published: { number: 2 },
    draft: { number: 3 },
    definition: { missText: definition.missText },
  })
  expect(await auditOf(company, menuId)).toContain('menu.restored')
})

test('a menu from a template is a draft that leads to the teams that are there, and waits on channels without one', async () => {
  const company = await createCompany()
  const { ownerCtx: ctx } = company
  const sales = await company.team('Ventas')
  const channelId = await company.channel('simulator')

  const { menuId } = await createMenuFromTemplate(ctx, { name: 'Menú', trade: 'shop', locale: 'es' })

  const menu = await getMenu(ctx, menuId)
  expect(menu).toMatchObject({ published: null, draft: { number: 1 } })
  expect(menu.channels.map(({ id }) => id)).toContain(channelId)
  const leads = menu.definition.screens.flatMap(({ options }) =>
    options.flatMap(({ leadsTo }) => (leadsTo.kind === 'team' ? [leadsTo.teamId] : [])),
  )
  expect(new Set(leads)).toEqual(new Set([sales, company.teamId]))
})

test('another company’s menu is not there', async () => {
  const { menuId, versionId, definition } = await companyWithMenu()
  const stranger = (await createCompany()).ownerCtx

  const missing = { code: 'NOT_FOUND' }
  await expect(getMenu(stranger, menuId)).rejects.toMatchObject(missing)
  await expect(listVersions(stranger, menuId)).rejects.toMatchObject(missing)
  await expect(saveDraft(stranger, { menuId, definition, seen: null })).rejects.toMatchObject(missing)
  await expect(publishMenu(stranger, { menuId, seen: null })).rejects.toMatchObject(missing)
  await expect(restoreVersion(stranger, { menuId, versionId })).rejects.toMatchObject(missing)
  expect((await listMenus(stranger)).map(({ id }) => id)).not.toContain(menuId)
})

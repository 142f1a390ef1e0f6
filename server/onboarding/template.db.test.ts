import { expect, test } from 'vitest'
import { getMenu, listVersions } from '@/server/menu/queries'
import { renderScreen } from '@/server/menu/rules'
import { trades } from '@/server/menu/schema'
import { customerSays } from '@/tests/support/customer'
import { createCompany, type TestCompany } from '@/tests/support/factories'
import { listTemplates } from './queries'
import { chooseTemplate } from './template'

const teamNames = async ({ ownerCtx, tenantId }: TestCompany) =>
  (await ownerCtx.db.team.findMany({ where: { tenantId, archivedAt: null }, orderBy: { name: 'asc' } })).map(
    ({ name }) => name,
  )

const greetingOf = async ({ ownerCtx, menuId }: TestCompany) => {
  const { definition } = await getMenu(ownerCtx, menuId)
  return renderScreen(definition, definition.firstScreenId, { numbers: true })
}

test.each(trades)('the menu of a %s is published at once, with its teams', async (trade) => {
  const company = await createCompany({ name: 'Óptica Norte' })
  const { versionId } = await chooseTemplate(company.ownerCtx, { trade })

  const [newest] = await listVersions(company.ownerCtx, company.menuId)
  expect(newest).toMatchObject({ id: versionId, number: 2, state: 'published' })
  expect(await greetingOf(company)).toContain('Óptica Norte')
  const sample = (await listTemplates(company.ownerCtx)).find((template) => template.trade === trade)
  expect(await teamNames(company)).toEqual(sample?.teams.map(({ name }) => name).sort())
})

test('a customer meets the chosen menu, and their choice reaches who chose it', async () => {
  const company = await createCompany()
  await chooseTemplate(company.ownerCtx, { trade: 'internet' })
  const persona = { id: 'carla', name: 'Carla' }
  await customerSays(company, persona, 'Hola')
  const chatId = await customerSays(company, persona, '2')

  const { tenantId, ownerCtx, owner } = company
  const chat = await ownerCtx.db.conversation.findUniqueOrThrow({
    where: { tenantId_id: { tenantId, id: chatId } },
    include: { team: true },
  })
  expect(chat).toMatchObject({ optionLabel: 'Pagos y facturas', assigneeId: owner.memberId })
  expect(chat.team?.name).toBe('Pagos')
})

test('another choice takes away what the first brought and nobody used', async () => {
  const company = await createCompany()
  await chooseTemplate(company.ownerCtx, { trade: 'school' })
  expect(await teamNames(company)).toEqual(['Admisiones', 'Secretaría', 'Tesorería'])
  await chooseTemplate(company.ownerCtx, { trade: 'restaurant' })
  expect(await teamNames(company)).toEqual(['Domicilios', 'Salón'])
})

test('a team that has had a chat stays, and so does one with a name of the company’s own', async () => {
  const company = await createCompany()
  await chooseTemplate(company.ownerCtx, { trade: 'shop' })
  await company.team('Bodega')
  const persona = { id: 'carla', name: 'Carla' }
  await customerSays(company, persona, 'Hola')
  await customerSays(company, persona, '1')
  await chooseTemplate(company.ownerCtx, { trade: 'blank' })

  expect(await teamNames(company)).toEqual(['Bodega', 'Recepción', 'Ventas'])
})

test('a team that the template needs and the company has is not made twice', async () => {
  const company = await createCompany()
  const sales = await company.team('ventas')
  await chooseTemplate(company.ownerCtx, { trade: 'shop' })

  expect(await teamNames(company)).toEqual(['Pedidos', 'Recepción', 'ventas'])
  const { definition } = await getMenu(company.ownerCtx, company.menuId)
  expect(definition.screens[0]?.options[0]?.leadsTo).toEqual({ kind: 'team', teamId: sales })
})

test('the menu speaks the language of the company', async () => {
  const company = await createCompany()
  const { tenantId, ownerCtx } = company
  await ownerCtx.db.tenant.update({ where: { id: tenantId }, data: { locale: 'pt' } })
  await chooseTemplate(ownerCtx, { trade: 'clinic' })

  expect(await greetingOf(company)).toContain('Como podemos ajudar?')
  expect(await teamNames(company)).toContain('Agendamentos')
})

test('once a number is connected, the menu is changed in the editor and not by a template', async () => {
  const company = await createCompany()
  await company.channel('whatsapp-bridge', { menuId: company.menuId })

  await expect(chooseTemplate(company.ownerCtx, { trade: 'shop' })).rejects.toMatchObject({
    code: 'CONFLICT',
    reason: 'menuIsLive',
  })
  expect(await teamNames(company)).toEqual(['Recepción'])
})

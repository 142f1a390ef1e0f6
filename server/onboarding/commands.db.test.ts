import { expect, test } from 'vitest'
import { systemDb } from '@/server/kernel/database'
import { newId } from '@/server/kernel/ids'
import { createCompany, PASSWORD } from '@/tests/support/factories'
import { signUp } from './commands'

const form = () => ({
  company: 'Panadería La Espiga',
  country: 'MX',
  name: 'Lucía Prado',
  email: `lucia-${newId()}@example.com`,
  password: PASSWORD,
})

test('a new company works at once: owner in a team, hours, holidays, a menu that speaks', async () => {
  const { ownerCtx, owner, teamId, channelId, menuId } = await createCompany({
    country: 'MX',
    now: new Date('2026-11-20T15:00:00Z'),
  })
  const { db, tenantId } = ownerCtx

  expect(ownerCtx.actor).toMatchObject({ role: 'owner', teamIds: [teamId], sees: 'all' })
  expect(await db.tenant.findFirst({ where: { id: tenantId } })).toMatchObject({
    country: 'MX',
    timeZone: 'America/Mexico_City',
    locale: 'es',
  })
  expect(await db.memberLoad.findFirst({ where: { tenantId } })).toMatchObject({
    memberId: owner.memberId,
    active: 0,
  })
  expect(await db.businessHours.count({ where: { tenantId } })).toBe(6)
  const years = (await db.holiday.findMany({ where: { tenantId } })).map(({ day }) => day.getUTCFullYear())
  expect(new Set(years)).toEqual(new Set([2026, 2027]))
  expect(await db.channel.findFirst({ where: { tenantId, id: channelId } })).toMatchObject({
    kind: 'simulator',
    state: 'connected',
    defaultTeamId: teamId,
    menuId,
  })
  const menu = await db.menu.findFirstOrThrow({ where: { tenantId, id: menuId } })
  expect(menu.publishedId).not.toBeNull()
  expect(await db.auditEntry.findMany({ where: { tenantId, action: 'company.created' } })).toHaveLength(1)
})

test('two companies of one name get two addresses', async () => {
  const company = `Óptica ${newId().slice(-8)}`
  const [first, second] = await Promise.all([
    signUp({ ...form(), company }, new Date()),
    signUp({ ...form(), company }, new Date()),
  ])
  expect(first.slug).not.toBe(second.slug)
  expect([first.slug, second.slug].map((slug) => slug.replace(/-2$/, ''))).toEqual(
    Array(2).fill(company.toLowerCase().replace('ó', 'o').replace(' ', '-')),
  )
})

test('a second sign-up with one address is told so, and leaves no company behind', async () => {
  const once = form()
  await signUp(once, new Date())
  const company = `Sombra ${newId().slice(-8)}`
  const again = signUp({ ...once, email: once.email.toUpperCase(), company }, new Date())

  await expect(again).rejects.toMatchObject({ code: 'CONFLICT', reason: 'emailTaken', field: 'email' })
  expect(await systemDb().tenant.count({ where: { name: company } })).toBe(0)
})

test.each([
  ['too short', { password: 'corta' }],
  ['one that every guesser tries', { password: 'contraseña123' }],
  ['the company’s name', { password: 'panaderialaespiga' }],
  ['a country we do not know', { country: 'XX' }],
])('sign-up is refused: %s', async (_, wrong) => {
  await expect(signUp({ ...form(), ...wrong }, new Date())).rejects.toThrow()
})

test('a trade brings its teams, and the owner is in all of them until others come', async () => {
  const { ownerCtx } = await createCompany({ trade: 'clinic' })
  const teams = await ownerCtx.db.team.findMany({ where: { tenantId: ownerCtx.tenantId } })
  expect(teams.length).toBeGreaterThan(1)
  expect([...ownerCtx.actor.teamIds].sort()).toEqual(teams.map(({ id }) => id).sort())
  expect(new Set(teams.map(({ colour }) => colour)).size).toBe(teams.length)
})

import '@/tests/support/setup-database'
import { beforeAll, expect, test } from 'vitest'
import { systemPool } from '@/server/kernel/database'
import { newId } from '@/server/kernel/ids'
import { createCompany } from '@/tests/support/factories'
import { lettersTo } from '@/tests/support/letters'
import { sweepAlarms } from './alarms'
import { listAlarms } from './queries'

beforeAll(() => {
  process.env.OPERATOR_EMAIL = 'operator@example.com'
})

/** A number that has been connected, in a company of its own. */
async function number() {
  const company = await createCompany()
  const { tenantId, ownerCtx: ctx } = company
  const channelId = await company.channel('whatsapp-bridge')
  const set = (data: Record<string, unknown>) =>
    ctx.db.channel.update({ where: { tenantId_id: { tenantId, id: channelId } }, data, select: { id: true } })
  const change = (state: string, minutesAgo: number) =>
    ctx.db.channelStateChange.create({
      data: { tenantId, id: newId(), channelId, state, at: new Date(Date.now() - minutesAgo * 60_000) },
    })
  await set({ address: '+57 300 555 0143' })
  await change('connected', 600)
  const standing = async () =>
    (await listAlarms(ctx, channelId)).filter(({ clearedAt }) => !clearedAt).map(({ kind }) => kind)
  const letters = async () => (await lettersTo(company.owner.email)).map(({ subject }) => subject)
  return { company, channelId, set, change, standing, letters }
}

const sweep = () => sweepAlarms(new Date())

test('a number that its phone let go is told once, and its return is told once', async () => {
  const { set, standing, letters } = await number()
  await set({ state: 'logged-out' })
  await sweep()
  await sweep()
  // Its code is shown meanwhile: the same trouble.
  await set({ state: 'scan' })
  await sweep()
  expect(await standing()).toEqual(['logged-out'])
  expect(await letters()).toHaveLength(1)
  await set({ state: 'connected' })
  await sweep()
  await sweep()
  expect(await standing()).toEqual([])
  expect(await letters()).toHaveLength(2)
  expect((await letters()).at(-1)).toContain('ya está bien')
})

test('workers that look at once raise one alarm and write one letter', async () => {
  const { set, standing, letters } = await number()
  await set({ state: 'banned' })
  await Promise.all(Array.from({ length: 6 }, sweep))
  expect(await standing()).toEqual(['banned'])
  expect(await letters()).toHaveLength(1)
})

test('a drop of a minute is nobody’s worry, one of three minutes is', async () => {
  const short = await number()
  await short.set({ state: 'connecting' })
  await short.change('connecting', 1)
  const long = await number()
  await long.set({ state: 'connecting' })
  await long.change('connecting', 3)
  await sweep()
  expect(await short.standing()).toEqual([])
  expect(await long.standing()).toEqual(['down'])
})

test('a link that falls and returns all the time is written about once', async () => {
  const { set, letters } = await number()
  for (let round = 0; round < 4; round += 1) {
    await set({ state: 'silent' })
    await sweep()
    await set({ state: 'connected' })
    await sweep()
  }
  expect(await letters()).toHaveLength(2)
})

test('who pauses a number is not told that it recovered', async () => {
  const { set, standing, letters } = await number()
  await set({ state: 'replaced' })
  await sweep()
  await set({ wanted: false, state: 'paused' })
  await sweep()
  expect(await standing()).toEqual([])
  expect(await letters()).toHaveLength(1)
})

test('a restriction stands until its end', async () => {
  const { set, standing } = await number()
  await set({ restriction: 'new-chats', restrictedUntil: new Date(Date.now() + 60_000) })
  await sweep()
  expect(await standing()).toEqual(['restricted'])
  await set({ restrictedUntil: new Date(Date.now() - 60_000) })
  await sweep()
  expect(await standing()).toEqual([])
})

test('owners and admins are written to, agents and supervisors are not', async () => {
  const { company, set } = await number()
  const admin = await company.agent({ role: 'admin' })
  const supervisor = await company.agent({ role: 'supervisor' })
  await set({ state: 'banned' })
  await sweep()
  expect(await lettersTo(admin.email)).toHaveLength(1)
  expect(await lettersTo(supervisor.email)).toEqual([])
})

test('a refused version is one alarm for all, told to the operator and to no company', async () => {
  const [one, two] = [await number(), await number()]
  const before = (await lettersTo('operator@example.com')).length
  await one.set({ state: 'version-refused' })
  await two.set({ state: 'version-refused' })
  await Promise.all([sweep(), sweep()])
  expect((await lettersTo('operator@example.com')).length).toBe(before + 1)
  expect(await one.letters()).toEqual([])
  expect(await one.standing()).toEqual(['version-refused'])
  await one.set({ state: 'connected' })
  await two.set({ state: 'connected' })
  await sweep()
  expect((await lettersTo('operator@example.com')).length).toBe(before + 2)
  const { rows } = await systemPool().query(`SELECT kind FROM operator_alarm WHERE "clearedAt" IS NULL`)
  expect(rows).toEqual([])
})

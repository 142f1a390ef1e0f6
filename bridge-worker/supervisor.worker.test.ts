import { afterAll, beforeAll, expect, test } from 'vitest'
import { setChannelWanted } from '@/server/channels/commands'
import { createCompany, type TestCompany } from '@/tests/support/factories'
import { ownDatabase } from '@/tests/support/own-database'
import { createSupervisor, type Supervisor } from './supervisor'

let database: Awaited<ReturnType<typeof ownDatabase>>
let company: TestCompany
let supervisor: Supervisor

beforeAll(async () => {
  database = await ownDatabase()
  company = await createCompany()
  supervisor = createSupervisor('01a20dd4-7c2d-75da-bc98-f6aa1b31dbef', () => undefined)
  await supervisor.reconcile()
})

afterAll(async () => {
  await supervisor.stop()
  await database.drop()
})

const want = (wanted: boolean) => setChannelWanted(company.ownerCtx, { channelId: company.channelId, wanted })
const runner = () => supervisor.runnerOf(company.channelId)

test('a channel let go and wanted again between two looks is begun anew', async () => {
  const before = runner()
  await want(false)
  await want(true)
  await supervisor.reconcile()
  expect(runner()).toBeDefined()
  expect(runner()).not.toBe(before)
  expect(runner()?.channel.wanted).toBe(true)
})

test('also when both come while it is being begun anew', async () => {
  await want(false)
  const round = supervisor.reconcile()
  await want(true)
  await want(false)
  await want(true)
  await round
  await supervisor.reconcile()
  const { wantedVersion } = await company.ownerCtx.db.channel.findUniqueOrThrow({
    where: { tenantId_id: { tenantId: company.tenantId, id: company.channelId } },
  })
  expect(runner()?.channel).toMatchObject({ wanted: true, wantedVersion })
})

test('a wish that changes nothing leaves the session alone', async () => {
  const before = runner()
  await want(true)
  await supervisor.reconcile()
  expect(runner()).toBe(before)
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { recordAddress, recordChannelState, recordPairing, recordTraffic } from '@/server/channels/commands'
import { LeaseLost, type OwnedChannel } from '@/server/channels/lease'
import type { SendResult } from '@/server/channels/schema'
import { sendMessage } from '@/server/conversations/commands'
import { claimOutgoing, deliver, reclaimLost } from '@/server/delivery/commands'
import { takeJournal, writeJournal, writeOwnedJournal } from '@/server/inbound/journal'
import { queryAs, systemPool } from '@/server/kernel/database'
import { newId } from '@/server/kernel/ids'
import { createCompany, type TestCompany } from '@/tests/support/factories'
import { ownDatabase } from '@/tests/support/own-database'
import { acquireLeases, beatHeart, countWorkers, releaseLease, renewLeases, retireWorker } from './leases'

/** Of two workers: who held the channel before, and who holds it now. */
const OLD = randomUUID()
const NEW = randomUUID()

let database: Awaited<ReturnType<typeof ownDatabase>>
let company: TestCompany
let former: OwnedChannel

beforeAll(async () => {
  database = await ownDatabase()
})
afterAll(() => database.drop())

beforeEach(async () => {
  company = await createCompany()
  former = { tenantId: company.tenantId, channelId: company.channelId, fence: await take(OLD) }
})

async function take(workerId: string): Promise<bigint> {
  const fence = (await acquireLeases(workerId, [company])).get(company.channelId)
  if (fence === undefined) throw new Error('the channel is not free')
  return fence
}

/** The old worker stands still until its lease has run out. */
const runOut = () =>
  systemPool().query(
    `UPDATE channel_lease SET "expiresAt" = clock_timestamp() - interval '1 second' WHERE "channelId" = $1`,
    [company.channelId],
  )
const takeOver = async () => {
  await runOut()
  return take(NEW)
}

const saying = (text: string) => ({
  orderKey: 'persona',
  payload: {
    do: 'say',
    id: randomUUID(),
    persona: { id: 'p1', name: 'Ana', phone: null },
    text,
    at: new Date().toISOString(),
  },
})
const channelAs = (fence: bigint) => ({
  id: company.channelId,
  kind: 'simulator',
  menuId: null,
  defaultTeamId: company.teamId,
  fence,
})
const takeAs = (fence: bigint) =>
  takeJournal(company.tenantId, channelAs(fence), { concurrency: 1, afterCommit: () => undefined })

/** All rows that a session's owner writes, and the version of each. */
async function everything() {
  const tables = [
    'channel',
    'channel_pairing',
    'channel_state_change',
    'inbound_journal',
    'outbox',
    'message',
  ]
  const rows = tables.map(async (table) => {
    const { rows: found } = await queryAs<{ row: string }>(
      company.tenantId,
      `SELECT (t.xmin::text || t::text) AS row FROM ${table} t WHERE "tenantId" = $1 ORDER BY 1`,
      [company.tenantId],
    )
    return [table, found.map(({ row }) => row)]
  })
  return Object.fromEntries(await Promise.all(rows))
}

describe('a lease', () => {
  test('is one worker’s until it runs out', async () => {
    expect(await acquireLeases(NEW, [company])).toEqual(new Map())
    await runOut()
    expect(await take(NEW)).toBe(former.fence + 1n)
  })

  test('of two workers that ask at once goes to one', async () => {
    await runOut()
    const fences = await Promise.all(
      Array.from({ length: 8 }, () => acquireLeases(randomUUID(), [company]).then((got) => got.size)),
    )
    expect(fences.filter((size) => size === 1)).toHaveLength(1)
  })

  test('that ran out is kept when nobody took it, and not when somebody did', async () => {
    await runOut()
    expect(await renewLeases(OLD, [former])).toEqual(new Set([company.channelId]))
    await takeOver()
    expect(await renewLeases(OLD, [former])).toEqual(new Set())
  })

  test('released is free at once, and a release that comes late takes nothing from the next owner', async () => {
    await releaseLease(OLD, company, former.fence)
    const fence = await take(NEW)
    await releaseLease(OLD, company, former.fence)
    expect(await renewLeases(NEW, [{ ...company, fence }])).toEqual(new Set([company.channelId]))
    expect(await acquireLeases(OLD, [company])).toEqual(new Map())
  })

  test('waits for nobody who holds it while writing: the channel is taken in a later round', async () => {
    await runOut()
    const client = await systemPool().connect()
    try {
      await client.query('BEGIN')
      await client.query('SELECT 1 FROM channel_lease WHERE "channelId" = $1 FOR KEY SHARE', [
        company.channelId,
      ])
      expect(await acquireLeases(NEW, [company])).toEqual(new Map())
      await client.query('COMMIT')
    } finally {
      client.release()
    }
    expect((await acquireLeases(NEW, [company])).size).toBe(1)
  })
})

test('workers count each other once they have lived for a while, and no longer when they retire', async () => {
  await beatHeart(OLD)
  await beatHeart(NEW)
  expect(await countWorkers(OLD)).toBe(1)
  await systemPool().query(
    `UPDATE worker SET "startedAt" = "startedAt" - interval '5 seconds' WHERE id = $1`,
    [NEW],
  )
  expect(await countWorkers(OLD)).toBe(2)
  await systemPool().query(
    `UPDATE worker SET "heartbeatAt" = "heartbeatAt" - interval '9 seconds',
       "startedAt" = "startedAt" - interval '60 seconds' WHERE id = $1`,
    [NEW],
  )
  expect(await countWorkers(OLD)).toBe(1)
  await beatHeart(NEW)
  await retireWorker(NEW)
  expect(await countWorkers(OLD)).toBe(1)
})

describe('a former owner that goes on after a pause', () => {
  test.each([
    ['what it heard', () => writeOwnedJournal(former, saying('tarde'))],
    ['what it began to take', () => takeAs(former.fence)],
  ])('cannot store %s: the provider or the new owner still has it', async (_, write) => {
    await writeJournal(company.tenantId, company.channelId, saying('hola'))
    await takeOver()
    const before = await everything()
    await expect(write()).rejects.toBeInstanceOf(LeaseLost)
    expect(await everything()).toEqual(before)
  })

  test('cannot write a known customer’s message by the short road either', async () => {
    await writeJournal(company.tenantId, company.channelId, saying('hola'))
    await takeAs(former.fence)
    await writeJournal(company.tenantId, company.channelId, saying('otra vez'))
    const fence = await takeOver()
    const before = await everything()
    await expect(takeAs(former.fence)).rejects.toBeInstanceOf(LeaseLost)
    expect(await everything()).toEqual(before)
    expect(await takeAs(fence)).toBe(1)
  })

  test('changes nothing of what the channel shows', async () => {
    await takeOver()
    const before = await everything()
    await recordChannelState(former, 'replaced', { reason: 'used-elsewhere', code: 440 })
    await recordPairing(former, { code: 'x', again: false, expiresAt: new Date() })
    await recordAddress(former, '+57 300 000 0000')
    await recordTraffic(former, 'in')
    expect(await everything()).toEqual(before)
  })

  test('claims nothing, and cannot say what became of what it had claimed', async () => {
    await writeJournal(company.tenantId, company.channelId, saying('hola'))
    await takeAs(former.fence)
    const { id } = await company.ownerCtx.db.conversation.findFirstOrThrow({
      where: { tenantId: company.tenantId },
      select: { id: true },
    })
    const answer = (text: string) =>
      sendMessage(company.ownerCtx, { conversationId: id, messageId: newId(), text, note: false })
    await answer('una')
    await answer('dos')
    const delivery = { ...former, id: company.channelId }
    const [claimed] = await claimOutgoing(delivery)
    if (!claimed) throw new Error('an answer waits')
    const fence = await takeOver()
    const before = await everything()
    const say = (result: SendResult) => {
      const answers = async () => result
      const session = { send: answers, react: answers, edit: answers, delete: answers }
      return deliver(delivery, claimed, session, () => undefined)
    }
    await expect(say({ ok: true, externalId: 'W1' })).rejects.toBeInstanceOf(LeaseLost)
    await expect(
      say({ ok: false, failure: 'rejected', code: '479', retryable: false }),
    ).rejects.toBeInstanceOf(LeaseLost)
    await say({ ok: false, failure: 'offline', code: 'disconnected', retryable: true })
    expect(await claimOutgoing(delivery)).toEqual([])
    expect(await reclaimLost(delivery)).toBe(0)
    expect(await everything()).toEqual(before)
    expect(await reclaimLost({ ...delivery, fence })).toBe(1)
  })
})

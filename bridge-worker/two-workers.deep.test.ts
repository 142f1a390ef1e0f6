import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemPool } from '@/server/kernel/database'
import { createCompany } from '@/tests/support/factories'
import { ownDatabase } from '@/tests/support/own-database'
import { openTraffic, type Traffic, until } from './testing/traffic'
import { startWhatsAppEmulator, type WhatsAppEmulator } from './testing/whatsapp-emulator/server'
import { startWorkerProcess, type WorkerProcess } from './testing/worker-process'

const NUMBERS = 4
/** A dead worker's channels must be somebody's by then. */
const TAKEOVER_SECONDS = 15
const MINUTE_MS = 60_000

let database: Awaited<ReturnType<typeof ownDatabase>>
let phones: WhatsAppEmulator
let env: Record<string, string>
let traffic: Traffic
const workers: WorkerProcess[] = []

const start = async (nodeOptions: string[] = [], more: Record<string, string> = {}) => {
  const worker = await startWorkerProcess({ ...env, ...more }, nodeOptions)
  workers.push(worker)
  return worker
}

beforeAll(async () => {
  database = await ownDatabase()
  phones = await startWhatsAppEmulator()
  env = { ...database.env, WHATSAPP_WEB_SOCKET_URL: phones.url }
  await start()
  traffic = await openTraffic({ phones, company: await createCompany(), numbers: NUMBERS, customersEach: 4 })
}, 120_000)

afterAll(async () => {
  for (const worker of workers) worker.goOn()
  await Promise.all(workers.map((worker) => worker.kill()))
  await phones?.close()
  await database?.drop()
})

/** Which worker holds how many numbers, and the sum of all fences: it grows with each change of owner. */
async function owners() {
  const { rows } = await systemPool().query<{ workerId: string; numbers: number; fences: number }>(
    `SELECT "workerId", count(*)::int AS numbers, sum(fence)::int AS fences FROM channel_lease l
     JOIN channel c ON c.id = l."channelId" AND c.kind = 'whatsapp-bridge'
     WHERE l."expiresAt" > clock_timestamp() GROUP BY 1 ORDER BY 2`,
  )
  return rows
}
const shares = async () => (await owners()).map(({ numbers }) => numbers)
const areShared = async () => JSON.stringify(await shares()) === JSON.stringify([NUMBERS / 2, NUMBERS / 2])
const areOnes = async () => JSON.stringify(await shares()) === JSON.stringify([NUMBERS])

/** The longest that any number goes without a message stored, from now until every one has one more. */
async function untilAllSpeak(seconds: number): Promise<number> {
  const waits = traffic.lines.map(({ channelId }) => traffic.firstStored(channelId, seconds))
  return Math.max(...(await Promise.all(waits)))
}

test('a second worker gets half of the numbers, and nothing is lost on the way', async () => {
  const stop = traffic.talk()
  await start()
  await until('shared', areShared, 20)
  await untilAllSpeak(15)
  await stop()
  await traffic.prove()
})

test('killed: the other one has all numbers in under fifteen seconds', async () => {
  const stop = traffic.talk()
  await pause(1_000)
  await workers[0]?.kill()
  const [took] = await Promise.all([
    until('all are the other one’s', areOnes, TAKEOVER_SECONDS),
    untilAllSpeak(3 * TAKEOVER_SECONDS),
  ])
  console.log(`taken over in ${took.toFixed(1)} s`)
  await stop()
  await traffic.prove()
})

test('a clock that is wrong by a day changes nothing: not who owns, not what is stored', async () => {
  const stop = traffic.talk()
  const preload = ['--import', './bridge-worker/testing/wrong-clock.mjs']
  const wrong = await start(preload, { WRONG_CLOCK_MS: String(24 * 3_600_000) })
  await until('shared', areShared, 20)
  const [before] = [await owners()]
  await untilAllSpeak(15)
  await pause(10_000)
  // Nobody took anything from anybody.
  expect(await owners()).toEqual(before)
  await wrong.stop()
  await until('all are the first one’s again', areOnes, 5)
  await stop()
  await traffic.prove()
  const { rows } = await systemPool().query<{ wrong: number }>(
    `SELECT count(*)::int AS wrong FROM message WHERE "createdAt" > clock_timestamp() + interval '5 seconds'
       OR at > clock_timestamp() + interval '5 seconds'`,
  )
  expect(rows[0]?.wrong).toBe(0)
})

test('stopped for a minute and resumed: it writes nothing any more, and takes its share anew', async () => {
  const other = await start()
  await until('shared', areShared, 20)
  const stop = traffic.talk()
  await pause(1_000)
  other.pause()
  const took = await until('all are the other one’s', areOnes, TAKEOVER_SECONDS)
  console.log(`taken over in ${took.toFixed(1)} s`)
  await untilAllSpeak(3 * TAKEOVER_SECONDS)
  await pause(MINUTE_MS - took * 1000)
  other.goOn()
  await until('shared again', areShared, 30)
  await untilAllSpeak(15)
  await stop()
  await traffic.prove()
})

test('a clean stop hands over at once', async () => {
  const stop = traffic.talk()
  await pause(500)
  const [seconds] = await Promise.all([
    until('all are the other one’s', areOnes, 8),
    workers.at(-1)?.stop(),
    untilAllSpeak(10),
  ])
  console.log(`handed over in ${seconds.toFixed(1)} s`)
  await stop()
  await traffic.prove()
})

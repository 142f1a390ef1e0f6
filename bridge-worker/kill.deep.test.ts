import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pairingOf } from '@/server/channels/queries'
import { sendMessage } from '@/server/conversations/commands'
import { forTenant } from '@/server/kernel/database'
import { newId } from '@/server/kernel/ids'
import { createCompany, type TestCompany } from '@/tests/support/factories'
import { ownDatabase } from '@/tests/support/own-database'
import { connectToEmulator, type EmulatorClient } from './testing/whatsapp-emulator/client'
import { startWhatsAppEmulator } from './testing/whatsapp-emulator/server'
import { startWorkerProcess, type WorkerProcess } from './testing/worker-process'

const COMPANY_PHONE = '573001112233'
const CUSTOMERS = 20
const INBOUND = 300
const OUTBOUND = 100

let database: Awaited<ReturnType<typeof ownDatabase>>
let emulator: Awaited<ReturnType<typeof startWhatsAppEmulator>>
let phones: EmulatorClient
let env: Record<string, string>
let worker: WorkerProcess

beforeAll(async () => {
  database = await ownDatabase()
  emulator = await startWhatsAppEmulator()
  phones = connectToEmulator(emulator.controlUrl)
  env = { ...database.env, WHATSAPP_WEB_SOCKET_URL: emulator.url }
  worker = await startWorkerProcess(env)
}, 60_000)

afterAll(async () => {
  await worker?.stop()
  await emulator?.close()
  await database?.drop()
})

const customer = (n: number) => `5730099900${String(n).padStart(2, '0')}`

/** Asks again until it is so; there is no event between processes to wait for. */
async function until<Value>(
  what: string,
  ask: () => Promise<Value | null | false>,
  seconds = 60,
): Promise<Value> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const value = await ask()
    if (value !== null && value !== false) return value
    if (Date.now() > end) throw new Error(`not in ${seconds} s: ${what}`)
    await pause(100)
  }
}

async function linkNumber(company: TestCompany): Promise<string> {
  const channelId = await company.channel('whatsapp-bridge', { menuId: company.menuId })
  const code = await until(
    'a code to scan',
    async () => (await pairingOf(await company.owner.ctx(), channelId)).pairing?.code ?? null,
  )
  expect(await phones.scan({ qr: code, phone: COMPANY_PHONE })).toMatchObject({ accepted: true })
  await until(
    'connected',
    async () => (await pairingOf(await company.owner.ctx(), channelId)).state === 'connected',
  )
  return channelId
}

test('kill -9 in the middle of 300 messages in and 100 out: none lost, none doubled, on either side', {
  timeout: 300_000,
}, async () => {
  const company = await createCompany()
  const { tenantId } = company
  const db = forTenant(tenantId)
  await db.memberLoad.updateMany({ where: { tenantId }, data: { capacity: 1_000 } })
  const channelId = await linkNumber(company)

  // Every customer reaches the owner first, so that the owner has somebody to answer.
  const greet = (text: string) =>
    phones.say(
      Array.from({ length: CUSTOMERS }, (_, n) => ({
        to: COMPANY_PHONE,
        from: customer(n),
        text,
        addressing: n % 2 ? ('lid' as const) : ('pn' as const),
      })),
    )
  const stored = () => db.message.count({ where: { tenantId, channelId, direction: 'in' } })
  await greet('hola')
  await until('greeted', async () => (await stored()) === CUSTOMERS)
  // A wrong answer within three seconds of the menu is no answer; asking for a person is, at any time.
  await greet('asesor')
  await until(
    'assigned',
    async () =>
      (await db.conversation.count({
        where: { tenantId, channelId, assigneeId: company.owner.memberId },
      })) === CUSTOMERS,
  )
  const chats = await db.conversation.findMany({ where: { tenantId, channelId }, select: { id: true } })

  const ctx = await company.owner.ctx()
  const outgoing: string[] = []
  const writing = (async () => {
    for (let n = 0; n < OUTBOUND; n += 1) {
      const text = `respuesta ${n}`
      outgoing.push(text)
      const chat = chats[n % chats.length]
      if (!chat) throw new Error('there are chats')
      await sendMessage(ctx, { conversationId: chat.id, messageId: newId(), text, note: false })
    }
  })()
  const incoming = await phones.say(
    Array.from({ length: INBOUND }, (_, n) => ({
      to: COMPANY_PHONE,
      from: customer(n % CUSTOMERS),
      text: `mensaje ${n}`,
    })),
  )
  // Three deaths at moments of chance, while both directions are busy.
  for (let death = 0; death < 3; death += 1) {
    await pause(randomInt(150, 900))
    await worker.kill()
    worker = await startWorkerProcess(env)
  }
  await writing

  const expected = INBOUND + 2 * CUSTOMERS
  await until('everything stored', async () => (await stored()) >= expected, 120)
  await until(
    'everything sent',
    async () => (await db.outbox.count({ where: { tenantId, channelId } })) === 0,
    120,
  )
  await phones.wait({ what: 'acknowledged', phone: COMPANY_PHONE, timeoutMs: 60_000 })

  const inbound = await db.message.findMany({
    where: { tenantId, channelId, direction: 'in' },
    select: { externalId: true },
  })
  expect(inbound).toHaveLength(expected)
  const ids = new Set(inbound.map((message) => message.externalId))
  expect(incoming.filter((id) => !ids.has(id))).toEqual([])

  const shown = (
    await Promise.all(Array.from({ length: CUSTOMERS }, (_, n) => phones.inbox({ customer: customer(n) })))
  ).flat()
  const answers = shown.filter((message) => message.text?.startsWith('respuesta'))
  expect(new Set(answers.map((message) => message.id)).size).toBe(answers.length)
  expect(answers.map((message) => message.text).sort()).toEqual([...outgoing].sort())
  // Each chat's answers in the order in which they were written.
  for (let n = 0; n < CUSTOMERS; n += 1) {
    const mine = (await phones.inbox({ customer: customer(n) })).filter((message) =>
      message.text?.startsWith('respuesta'),
    )
    const numbers = mine.map((message) => Number(message.text?.split(' ')[1]))
    expect(numbers).toEqual([...numbers].sort((left, right) => left - right))
  }
  expect(await db.inboundJournal.count({ where: { tenantId, channelId } })).toBe(0)
  expect(await db.message.count({ where: { tenantId, channelId, status: 'failed' } })).toBe(0)
  expect((await phones.stats()).unknown).not.toContain('message')
})

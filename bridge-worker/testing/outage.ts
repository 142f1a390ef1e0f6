import './whatsapp-emulator/silence-libsignal'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import { pairingOf } from '@/server/channels/queries'
import { sendMessage } from '@/server/conversations/commands'
import { forTenant } from '@/server/kernel/database'
import { newId } from '@/server/kernel/ids'
import { openDatabaseDoor } from '@/tests/support/database-door'
import { createCompany, type TestCompany } from '@/tests/support/factories'
import { ownDatabase } from '@/tests/support/own-database'
import { startWhatsAppEmulator } from './whatsapp-emulator/server'
import { startWorkerProcess } from './worker-process'

const COMPANY_PHONE = '573001112233'
const CUSTOMERS = 8
const INBOUND = 160
const OUTBOUND = 40

/** A database behind a door for the worker alone: the members of a test write all the time. */
export async function startOutageRig() {
  const database = await ownDatabase()
  const door = await openDatabaseDoor(database.env.DATABASE_APP_URL ?? '')
  const phones = await startWhatsAppEmulator()
  const urls = Object.entries(database.env).map(([name, url]) => [name, door.through(url)])
  const worker = await startWorkerProcess({
    ...Object.fromEntries(urls),
    WHATSAPP_WEB_SOCKET_URL: phones.url,
  })
  return {
    door,
    phones,
    close: async () => {
      await worker.stop()
      await door.close()
      await phones.close()
      await database.drop()
    },
  }
}

export type OutageRig = Awaited<ReturnType<typeof startOutageRig>>

const customer = (n: number) => `57300999000${n % CUSTOMERS}`

/** Asks again until it is so; there is no event between processes to wait for. */
async function until(what: string, isSo: () => Promise<boolean>, seconds = 40): Promise<void> {
  const end = Date.now() + seconds * 1000
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`not in ${seconds} s: ${what}`)
    await pause(50)
  }
}

async function linkNumber({ phones }: OutageRig, company: TestCompany): Promise<string> {
  const channelId = await company.channel('whatsapp-bridge')
  const link = () => pairingOf(company.ownerCtx, channelId)
  await until('a code to scan', async () => (await link()).pairing !== null)
  phones.scan({ qr: (await link()).pairing?.code ?? '', phone: COMPANY_PHONE })
  await until('connected', async () => (await link()).state === 'connected')
  return channelId
}

/**
 * Messages both ways, and the database goes away in the middle of them; fails unless none is lost and none is doubled.
 * @param outages how long each lasts at least, in milliseconds
 */
export async function talkThroughOutages(rig: OutageRig, outages: readonly number[]): Promise<void> {
  const { door, phones } = rig
  const company = await createCompany()
  const { tenantId, ownerCtx } = company
  const db = forTenant(tenantId)
  await db.memberLoad.updateMany({ where: { tenantId }, data: { capacity: 1_000 } })
  const channelId = await linkNumber(rig, company)
  const stored = () => db.message.count({ where: { tenantId, channelId, direction: 'in' } })
  const say = (count: number, text: string) =>
    phones.say(
      Array.from({ length: count }, (_, n) => ({
        to: COMPANY_PHONE,
        from: customer(n),
        text: `${text} ${n}`,
      })),
    )
  await say(CUSTOMERS, 'hola')
  const assigned = { tenantId, channelId, assigneeId: company.owner.memberId }
  await until('assigned', async () => (await db.conversation.count({ where: assigned })) === CUSTOMERS)
  const chats = await db.conversation.findMany({ where: assigned, select: { id: true } })

  const outgoing: string[] = []
  const answer = async () => {
    const text = `respuesta ${outgoing.length}`
    const conversationId = chats[outgoing.length % chats.length]?.id ?? ''
    outgoing.push(text)
    await sendMessage(ownerCtx, { conversationId, messageId: newId(), text, note: false })
  }
  for (let n = 0; n < OUTBOUND; n += 1) await answer()
  const before = await stored()
  const ids = await say(INBOUND, 'mensaje')
  await until('the middle', async () => (await stored()) > before + INBOUND / 4)
  for (const lasts of outages) {
    // An answer is on a phone, and the worker is about to write that down.
    const { seq } = phones.stats()
    await answer()
    await phones.wait({ what: 'event', name: 'shown', after: seq, timeoutMs: 30_000 })
    door.shut()
    await door.refused()
    const [late = ''] = await say(1, `sin base ${lasts}`)
    ids.push(late)
    // What cannot be kept is not acknowledged.
    expect(phones.sent().find(({ id }) => id === late)?.acknowledgedBy).toBeNull()
    await pause(lasts)
    door.open()
    await until('going on', async () => (await stored()) > before + INBOUND / 2)
  }

  await until('all stored', async () => (await stored()) >= before + ids.length)
  await until('all sent', async () => (await db.outbox.count({ where: { tenantId, channelId } })) === 0)
  await phones.wait({ what: 'acknowledged', phone: COMPANY_PHONE, timeoutMs: 20_000 })

  const inbound = await db.message.findMany({
    where: { tenantId, channelId, direction: 'in', text: { not: { startsWith: 'hola' } } },
    select: { externalId: true },
  })
  expect(inbound.map(({ externalId }) => externalId).sort()).toEqual([...ids].sort())
  // WhatsApp has taken them all; a phone that could not read one asks for it again first.
  const answers = () =>
    Array.from({ length: CUSTOMERS }, (_, n) => phones.inbox({ customer: customer(n) }))
      .flat()
      .filter(({ text }) => text?.startsWith('respuesta'))
  await until('all answers are on the phones', async () => answers().length >= outgoing.length)
  expect(
    answers()
      .map(({ text }) => text)
      .sort(),
  ).toEqual([...outgoing].sort())
  // Receipts of the last answers may still be on their way through it.
  const journal = () => db.inboundJournal.count({ where: { tenantId, channelId } })
  await until('the journal is empty', async () => (await journal()) === 0)
  expect(await db.message.count({ where: { tenantId, channelId, status: 'failed' } })).toBe(0)
}

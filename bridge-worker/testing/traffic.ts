import './whatsapp-emulator/silence-libsignal'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import { pairingOf } from '@/server/channels/queries'
import { sendMessage } from '@/server/conversations/commands'
import { rollupsOf } from '@/server/facts/commands'
import { forTenant, queryAs, type TenantId } from '@/server/kernel/database'
import { newId } from '@/server/kernel/ids'
import { isDatabaseAway } from '@/server/kernel/outage'
import type { TestCompany } from '@/tests/support/factories'
import type { WhatsAppEmulator } from './whatsapp-emulator/server'

/** Between two messages of a kind, over all numbers. */
const EVERY_MS = 40
/** How long everybody may take to come to rest after the last death. */
const REST_SECONDS = 120

/** Asks again until it is so; there is no event between processes to wait for. */
export async function until(
  what: string,
  isSo: () => Promise<boolean> | boolean,
  seconds = 60,
): Promise<number> {
  const start = performance.now()
  for (;;) {
    // A database that is away says nothing; it is asked again.
    const answer = await Promise.resolve(isSo()).catch((error: unknown) => {
      if (isDatabaseAway(error)) return false
      throw error
    })
    const waited = (performance.now() - start) / 1000
    if (answer) return waited
    if (waited > seconds) throw new Error(`not in ${seconds} s: ${what}`)
    await pause(50)
  }
}

/** A number of the company, linked, with customers whose chats the owner holds. */
type Line = {
  channelId: string
  phone: string
  customers: string[]
  chatOf: Map<string, string>
  /** What each customer wrote, as ids in order. */
  said: Map<string, string[]>
  /** What the owner wrote to each customer, in order. */
  answered: Map<string, string[]>
}

/** How a member's message reaches the product; throws when it did not answer. */
export type Write = (message: { conversationId: string; messageId: string; text: string }) => Promise<void>

export type Traffic = Awaited<ReturnType<typeof openTraffic>>

/**
 * Numbers of one company, all linked, and people who write both ways all the time, whatever dies. Afterwards the
 * emulator's own account of what was sent and shown is held against what is stored.
 */
export async function openTraffic(options: {
  phones: WhatsAppEmulator
  company: TestCompany
  numbers: number
  customersEach: number
  write?: Write
}) {
  const { phones, company, customersEach } = options
  const { tenantId } = company
  const db = forTenant(tenantId)
  await db.memberLoad.updateMany({ where: { tenantId }, data: { capacity: 10_000 } })
  const lines: Line[] = []
  for (let n = 0; n < options.numbers; n += 1) {
    lines.push(await openLine(phones, company, n, customersEach))
  }
  const write: Write =
    options.write ??
    (async (message) => {
      await sendMessage(await company.owner.ctx(), { ...message, note: false })
    })

  const lineAt = (n: number) => {
    const line = lines[n % lines.length]
    const customer = line?.customers[Math.floor(n / lines.length) % customersEach]
    if (!line || !customer) throw new Error('there are numbers and customers')
    return { line, customer }
  }

  const customerWrites = async (n: number) => {
    const { line, customer } = lineAt(n)
    const addressing = n % 2 ? ('lid' as const) : ('pn' as const)
    const ids = await phones.say([{ to: line.phone, from: customer, text: `mensaje ${n}`, addressing }])
    line.said.get(customer)?.push(...ids)
  }
  const ownerWrites = async (n: number, isOver: () => boolean) => {
    const { line, customer } = lineAt(n)
    const conversationId = line.chatOf.get(customer) ?? ''
    const messageId = newId()
    const text = `respuesta ${n}`
    line.answered.get(customer)?.push(text)
    // As the browser does: the same id until it is answered.
    const end = Date.now() + REST_SECONDS * 1000
    for (;;) {
      try {
        return await write({ conversationId, messageId, text })
      } catch (error) {
        if (isOver() && Date.now() > end) throw error
        await pause(200)
      }
    }
  }

  /** Begins to write; returns how to end it. */
  const talk = () => {
    let isOver = false
    const loop = async (each: (n: number) => Promise<void>) => {
      for (let n = 0; !isOver; n += 1) {
        await each(n)
        await pause(EVERY_MS)
      }
    }
    const both = Promise.all([loop(customerWrites), loop((n) => ownerWrites(n, () => isOver))])
    return async () => {
      isOver = true
      await both
    }
  }

  const stored = (channelId?: string) =>
    db.message.count({ where: { tenantId, direction: 'in', ...(channelId ? { channelId } : {}) } })

  return {
    lines,
    talk,
    stored,
    /** @returns the seconds until something said from now on is stored. */
    firstStored: async (channelId?: string, seconds = 60) => {
      const start = performance.now()
      let before: number | null = null
      await until(
        'a first message is stored',
        async () => {
          const count = await stored(channelId)
          before ??= count
          return count > before
        },
        seconds,
      )
      return (performance.now() - start) / 1000
    },
    /** Waits until everything has come to rest, and fails unless nothing is lost, doubled or out of order. */
    prove: async () => {
      await comeToRest(phones, tenantId, lines)
      await proveInbound(phones, tenantId, lines)
      proveOutbound(phones, lines)
      await proveCounts(tenantId)
    },
  }
}

async function openLine(
  phones: WhatsAppEmulator,
  company: TestCompany,
  n: number,
  customersEach: number,
): Promise<Line> {
  const phone = `57300111${String(n).padStart(4, '0')}`
  const customers = Array.from(
    { length: customersEach },
    (_, c) => `57310${String(n).padStart(3, '0')}${String(c).padStart(4, '0')}`,
  )
  const channelId = await company.channel('whatsapp-bridge')
  const link = async () => pairingOf(await company.owner.ctx(), channelId)
  await until('a code to scan', async () => (await link()).pairing !== null)
  phones.scan({ qr: (await link()).pairing?.code ?? '', phone })
  await until('connected', async () => (await link()).state === 'connected')
  const said = new Map<string, string[]>(customers.map((customer) => [customer, []]))
  const ids = await phones.say(customers.map((from) => ({ to: phone, from, text: `hola de ${from}` })))
  const { tenantId } = company
  const db = forTenant(tenantId)
  const assigned = { tenantId, channelId, assigneeId: company.owner.memberId }
  await until('assigned', async () => (await db.conversation.count({ where: assigned })) === customers.length)
  const chatOf = new Map<string, string>()
  for (const [place, customer] of customers.entries()) {
    const externalId = ids[place] ?? ''
    said.get(customer)?.push(externalId)
    const { conversationId } = await db.message.findUniqueOrThrow({
      where: { tenantId_channelId_externalId: { tenantId, channelId, externalId } },
      select: { conversationId: true },
    })
    chatOf.set(customer, conversationId)
  }
  return {
    channelId,
    phone,
    customers,
    chatOf,
    said,
    answered: new Map(customers.map((customer) => [customer, []])),
  }
}

async function comeToRest(phones: WhatsAppEmulator, tenantId: TenantId, lines: readonly Line[]) {
  const db = forTenant(tenantId)
  const expected = lines.flatMap(({ said }) => [...said.values()].flat()).length
  await until(
    'all stored',
    async () => (await db.message.count({ where: { tenantId, direction: 'in' } })) >= expected,
    REST_SECONDS,
  )
  await until('all sent', async () => (await db.outbox.count({ where: { tenantId } })) === 0, REST_SECONDS)
  for (const { phone } of lines) await phones.wait({ what: 'acknowledged', phone, timeoutMs: 60_000 })
  const wanted = lines.flatMap(({ answered }) => [...answered.values()].flat()).length
  const shown = () => lines.flatMap((line) => line.customers.flatMap((one) => answersTo(phones, one))).length
  // A phone that could not read one asks for it again first.
  await until('all answers are on the phones', () => shown() >= wanted)
  await until(
    'the journal is empty',
    async () => (await db.inboundJournal.count({ where: { tenantId } })) === 0,
  )
}

async function proveInbound(phones: WhatsAppEmulator, tenantId: TenantId, lines: readonly Line[]) {
  for (const { channelId, phone, said, chatOf } of lines) {
    expect(phones.sent({ phone }).filter(({ acknowledgedBy }) => acknowledgedBy === null)).toEqual([])
    for (const [customer, ids] of said) {
      const { rows } = await queryAs<{ externalId: string; conversationId: string }>(
        tenantId,
        `SELECT "externalId", "conversationId" FROM message
         WHERE "tenantId" = $1 AND "channelId" = $2 AND direction = 'in'
           AND "conversationId" = $3 ORDER BY at, id`,
        [tenantId, channelId, chatOf.get(customer)],
      )
      expect(rows.map(({ externalId }) => externalId)).toEqual(ids)
    }
  }
}

const answersTo = (phones: WhatsAppEmulator, customer: string) =>
  phones.inbox({ customer }).filter(({ text }) => text?.startsWith('respuesta'))

function proveOutbound(phones: WhatsAppEmulator, lines: readonly Line[]) {
  for (const { answered } of lines) {
    for (const [customer, texts] of answered) {
      const shown = answersTo(phones, customer)
      expect(shown.map(({ text }) => text)).toEqual(texts)
      expect(new Set(shown.map(({ id }) => id)).size).toBe(shown.length)
    }
  }
}

const NUMBERS = [
  'newChats',
  'incoming',
  'resolved',
  'autoResolved',
  'responses',
  'responseSeconds',
  'waitSeconds',
  'firstResponses',
  'firstResponseSeconds',
] as const

/** Counters and rollups equal what a count of the rows themselves gives. */
async function proveCounts(tenantId: TenantId): Promise<void> {
  const { rows: wrong } = await queryAs<{ what: string; id: string }>(
    tenantId,
    `SELECT 'unread of chat' AS what, v.id FROM conversation v WHERE v."tenantId" = $1 AND v."inboundCount" <> (
       SELECT count(*) FROM message m WHERE m."tenantId" = $1 AND m."conversationId" = v.id AND m."authorKind" = 'customer')
     UNION ALL
     SELECT 'load of member', l."memberId" FROM member_load l WHERE l."tenantId" = $1 AND l.active <> (
       SELECT count(*) FROM conversation v
       WHERE v."tenantId" = $1 AND v."assigneeId" = l."memberId" AND v."resolvedAt" IS NULL)`,
    [tenantId],
  )
  expect(wrong).toEqual([])
  const { rows: events } = await queryAs<Parameters<typeof rollupsOf>[1][number]>(
    tenantId,
    'SELECT *, day::text AS day FROM conversation_event WHERE "tenantId" = $1',
    [tenantId],
  )
  const { rows: kept } = await queryAs<Record<string, string | number>>(
    tenantId,
    'SELECT *, day::text AS day FROM daily_rollup WHERE "tenantId" = $1',
    [tenantId],
  )
  const told = (rollup: Record<string, unknown>) => [
    `${rollup.dimension} ${rollup.day} ${rollup.dimensionId}`,
    Object.fromEntries([
      ...NUMBERS.map((name) => [name, Number(rollup[name])]),
      ['responseBuckets', rollup.responseBuckets],
    ]),
  ]
  expect(Object.fromEntries(kept.map(told))).toEqual(
    Object.fromEntries(rollupsOf(tenantId, events).map(told)),
  )
}

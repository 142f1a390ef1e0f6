import '@/tests/support/setup-database'
import { expect, test } from 'vitest'
import { newId } from '@/server/kernel/ids'
import { testDatabase } from '@/tests/support/database'
import { createCompany, type TestCompany } from '@/tests/support/factories'
import { fillCompany } from '@/tests/support/fill-company'
import { effortOf, statementsOf } from '@/tests/support/watch-statements'
import { journalRows, ledgerPage, ledgerTotals, retakeJournalRow } from './ledger'
import { monitorOf } from './queries'
import type { LedgerFilter } from './schema'

const dayIn = (zone: string, moment = new Date()) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(moment)

/** A chat of the simulator with messages of every fate. */
async function chatWith(company: TestCompany) {
  const { tenantId, channelId, ownerCtx: ctx } = company
  const contactId = newId()
  const conversationId = newId()
  await ctx.db.contact.create({ data: { tenantId, id: contactId, name: 'Rosa' } })
  await ctx.db.conversation.create({ data: { tenantId, id: conversationId, channelId, contactId } })
  const now = Date.now()
  const message = async (minutesAgo: number, data: Record<string, unknown>) => {
    const id = newId()
    const at = new Date(now - minutesAgo * 60_000)
    await ctx.db.message.create({
      data: {
        tenantId,
        id,
        conversationId,
        channelId,
        direction: 'in',
        authorKind: 'customer',
        text: 'hola',
        at,
        createdAt: at,
        ...data,
      },
    })
    return id
  }
  const outbox = (id: string) => ctx.db.outbox.create({ data: { tenantId, id, channelId, conversationId } })
  return { message, outbox, conversationId }
}

const out = (status: string | null) => ({
  direction: 'out',
  authorKind: 'member',
  status,
  sentAt: status === 'sent' ? new Date() : null,
})

async function rangeOf(company: TestCompany) {
  const { timeZone } = await company.ownerCtx.db.tenant.findUniqueOrThrow({ where: { id: company.tenantId } })
  return {
    channelId: company.channelId,
    from: dayIn(timeZone, new Date(Date.now() - 86_400_000)),
    to: dayIn(timeZone),
  }
}

test('the ledger counts each fate from the rows themselves', async () => {
  const company = await createCompany()
  const { message, outbox, conversationId } = await chatWith(company)
  await message(9, {})
  await message(8, out('delivered'))
  await message(7, out('failed'))
  const waiting = await message(6, out('queued'))
  await outbox(waiting)
  await message(5, { direction: 'note', authorKind: 'member' })
  await message(4, {})
  await company.ownerCtx.db.conversation.update({
    where: { tenantId_id: { tenantId: company.tenantId, id: conversationId } },
    data: { waitingSince: new Date(Date.now() - 5 * 60_000) },
    select: { id: true },
  })
  const range = await rangeOf(company)
  expect(await ledgerTotals(company.ownerCtx, range)).toEqual({
    received: 2,
    stored: 2,
    journalWaiting: 0,
    putAside: 0,
    answered: 1,
    out: 3,
    sent: 1,
    delivered: 1,
    waiting: 1,
    failed: 1,
    lost: 0,
    doubled: 0,
  })
  const count = async (filter: LedgerFilter) =>
    (await ledgerPage(company.ownerCtx, { ...range, filter })).rows.length
  expect(await count('all')).toBe(5)
  expect(await count('unanswered')).toBe(1)
  expect(await count('waiting')).toBe(1)
  expect(await count('failed')).toBe(1)
})

test('a message that is on no way any more and arrived nowhere is a red line', async () => {
  const company = await createCompany()
  const { message } = await chatWith(company)
  const gone = await message(3, out('queued'))
  const range = await rangeOf(company)
  expect(await ledgerTotals(company.ownerCtx, range)).toMatchObject({ lost: 1, waiting: 0 })
  const { rows } = await ledgerPage(company.ownerCtx, { ...range, filter: 'lost' })
  expect(rows).toMatchObject([{ id: gone, isLost: true }])
})

test('a message that is gone and still on its way would be doubled', async () => {
  const company = await createCompany()
  const { message, outbox } = await chatWith(company)
  await outbox(await message(3, out('sent')))
  expect(await ledgerTotals(company.ownerCtx, await rangeOf(company))).toMatchObject({ doubled: 1 })
})

test('what could not be stored is put aside in sight, and may be taken up again', async () => {
  const company = await createCompany()
  const { tenantId, channelId, ownerCtx } = company
  const id = newId()
  await ownerCtx.db.inboundJournal.create({
    data: {
      tenantId,
      id,
      channelId,
      orderKey: 'a',
      payload: {},
      attempts: 5,
      deadAt: new Date(),
      lastError: 'x',
    },
  })
  expect(await ledgerTotals(ownerCtx, await rangeOf(company))).toMatchObject({ received: 1, putAside: 1 })
  expect(await journalRows(ownerCtx, channelId)).toMatchObject([{ id, lastError: 'x' }])
  await retakeJournalRow(ownerCtx, { channelId, entryId: id })
  expect(await journalRows(ownerCtx, channelId)).toMatchObject([{ id, attempts: 0, deadAt: null }])
  await expect(retakeJournalRow(ownerCtx, { channelId, entryId: id })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('pages follow each other without a gap and without a repeat', async () => {
  const company = await createCompany()
  const { message } = await chatWith(company)
  // Many in one millisecond: the id breaks the tie.
  const ids = await Promise.all(Array.from({ length: 120 }, () => message(2, {})))
  const range = await rangeOf(company)
  const seen: string[] = []
  let cursor: Awaited<ReturnType<typeof ledgerPage>>['next'] = null
  do {
    const page = await ledgerPage(company.ownerCtx, { ...range, filter: 'all', cursor })
    seen.push(...page.rows.map(({ id }) => id))
    cursor = page.next
  } while (cursor)
  expect(seen).toHaveLength(120)
  expect(new Set(seen)).toEqual(new Set(ids))
})

test('the monitor reads its own channel only, with what came in last', async () => {
  const company = await createCompany()
  const other = await createCompany()
  const { message } = await chatWith(company)
  await message(3, { text: 'mija, ya consigné' })
  const { tenantId, channelId, ownerCtx } = company
  const change = (state: string, minutesAgo: number) =>
    ownerCtx.db.channelStateChange.create({
      data: { tenantId, id: newId(), channelId, state, at: new Date(Date.now() - minutesAgo * 60_000) },
    })
  await ownerCtx.db.channel.update({
    where: { tenantId_id: { tenantId, id: channelId } },
    data: { createdAt: new Date(Date.now() - 86_400_000) },
    select: { id: true },
  })
  await change('connected', 60 * 24)
  await change('connecting', 12)
  await change('connected', 6)
  const seen = await monitorOf({ ...ownerCtx, now: new Date() }, channelId)
  expect(seen.lastIn).toMatchObject({ contactName: 'Rosa', text: 'mija, ya consigné' })
  expect(seen.uptime.day.reconnects).toBe(1)
  expect(seen.uptime.day.share).toBeCloseTo(1 - 6 / 1440, 3)
  await expect(monitorOf(other.ownerCtx, channelId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a page of the ledger of a large channel touches few pages of the database', async () => {
  const company = await createCompany()
  const { tenantId, channelId, teamId, owner, ownerCtx } = company
  await fillCompany({ tenantId, channelId, teamId, memberId: owner.memberId }, 2_000, 8)
  const range = await rangeOf(company)
  const effort = async (call: () => Promise<unknown>) => {
    const efforts = []
    for (const statement of await statementsOf(call))
      efforts.push(await effortOf(testDatabase().appUrl, tenantId, statement))
    return efforts
  }
  const [page] = await effort(() => ledgerPage(ownerCtx, { ...range, filter: 'all' }))
  expect(page?.scanned).not.toContain('message')
  expect(page?.buffers).toBeLessThan(2_000)
  const [channel] = await effort(() => monitorOf({ ...ownerCtx, now: new Date() }, channelId))
  expect(channel?.buffers).toBeLessThan(500)
})

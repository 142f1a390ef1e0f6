import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  assignConversation,
  resolveConversation,
  sendMessage,
  undoResolution,
} from '@/server/conversations/commands'
import { conversationDetails, listConversations, viewCounts } from '@/server/conversations/queries'
import { advanceMessage } from '@/server/conversations/receipts'
import { rollupsOf } from '@/server/facts/commands'
import { inTransaction, systemContext } from '@/server/kernel/context'
import { forTenant, type TenantId } from '@/server/kernel/database'
import { newId } from '@/server/kernel/ids'
import { setAvailability } from '@/server/members/commands'
import { offerWaitingLine, transferConversation } from '@/server/routing/commands'
import { queryAsOwner } from '@/tests/support/database'
import { createCompany, type TestCompany } from '@/tests/support/factories'
import { takeJournal, writeJournal } from './journal'

/** Runs what the worker runs, in this process: journal in, journal taken. */
function phoneOf(company: TestCompany) {
  const channel = {
    id: company.channelId,
    kind: 'simulator',
    menuId: company.menuId,
    defaultTeamId: company.teamId,
  }
  const take = () => takeJournal(company.tenantId, channel, { concurrency: 8, afterCommit: () => undefined })
  const write = (persona: string, text: string, id: string = randomUUID()) =>
    writeJournal(company.tenantId, channel.id, {
      orderKey: persona,
      payload: {
        do: 'say',
        id,
        persona: { id: persona, name: `Cliente ${persona}`, phone: null },
        text,
        at: new Date().toISOString(),
      },
    })
  return {
    take,
    write,
    says: async (persona: string, text: string, id?: string) => {
      await write(persona, text, id)
      await take()
    },
  }
}

const all = { view: 'all', sort: 'wait', limit: 100 } as const

async function onlyChat(company: TestCompany) {
  const { rows } = await listConversations(company.ownerCtx, all)
  expect(rows).toHaveLength(1)
  const row = rows[0]
  if (!row) throw new Error('one chat was expected')
  return { row, details: await conversationDetails(company.ownerCtx, row.id) }
}

/** What the outbox's sender does when the provider accepted. */
async function accept(company: TestCompany, messageId: string) {
  const ctx = systemContext(
    company.tenantId,
    { kind: 'system', name: 'delivery' },
    new Date(),
    () => undefined,
  )
  await inTransaction(ctx, (tx) => advanceMessage(tx, { messageId }, { status: 'sent', at: tx.now }))
}

async function expectRollupsEqualRecount(tenantId: TenantId) {
  const db = forTenant(tenantId)
  const events = await db.conversationEvent.findMany({ where: { tenantId } })
  const counted = rollupsOf(
    tenantId,
    events.map((event) => ({ ...event, day: event.day.toISOString().slice(0, 10) })),
  )
  const stored = await db.dailyRollup.findMany({ where: { tenantId } })
  const comparable = stored
    .map(({ tenantId: _tenantId, day, responseSeconds, waitSeconds, firstResponseSeconds, ...rest }) => ({
      ...rest,
      day: day.toISOString().slice(0, 10),
      responseSeconds: Number(responseSeconds),
      waitSeconds: Number(waitSeconds),
      firstResponseSeconds: Number(firstResponseSeconds),
    }))
    .filter((row) => row.newChats + row.incoming + row.resolved + row.autoResolved + row.responses !== 0)
  const key = (row: { dimension: string; day: string; dimensionId: string }) =>
    `${row.dimension} ${row.day} ${row.dimensionId}`
  expect(comparable.sort((a, b) => (key(a) < key(b) ? -1 : 1))).toEqual(
    counted.filter(
      (row) => row.newChats + row.incoming + row.resolved + row.autoResolved + row.responses !== 0,
    ),
  )
}

async function expectLoadsEqualRecount(tenantId: TenantId) {
  const db = forTenant(tenantId)
  const loads = await db.memberLoad.findMany({
    where: { tenantId },
    select: { memberId: true, active: true },
  })
  for (const load of loads) {
    const active = await db.conversation.count({
      where: { tenantId, assigneeId: load.memberId, resolvedAt: null },
    })
    expect({ memberId: load.memberId, active: load.active }).toEqual({ memberId: load.memberId, active })
  }
}

test('a first message is greeted by the menu, once', async () => {
  const company = await createCompany()
  const phone = phoneOf(company)
  await phone.says('luz', 'hola')
  const { row, details } = await onlyChat(company)
  expect(row).toMatchObject({ state: 'open', subState: 'menu', contactName: 'Cliente luz', inboundCount: 1 })
  expect(details.messages.map((message) => message.author.kind)).toEqual(['customer', 'bot'])
  await expectRollupsEqualRecount(company.tenantId)
})

test('five messages in two seconds get one greeting and no scolding', async () => {
  const company = await createCompany()
  const phone = phoneOf(company)
  for (const text of ['hola', 'buenas', 'una preguntica', 'ustedes venden', 'tornillos?'])
    await phone.write('luz', text)
  await phone.take()
  const { row, details } = await onlyChat(company)
  expect(details.messages.filter((message) => message.author.kind === 'bot')).toHaveLength(1)
  expect(row.inboundCount).toBe(5)
})

test('asking for a person reaches the one who is free, and the answer ends the wait once it is sent', async () => {
  const company = await createCompany()
  const phone = phoneOf(company)
  await phone.says('luz', 'hola')
  await phone.says('luz', 'quiero hablar con una persona')
  const reached = await onlyChat(company)
  expect(reached.row).toMatchObject({
    state: 'pending',
    assigneeId: company.owner.memberId,
    teamId: company.teamId,
  })

  const messageId = newId()
  await sendMessage(await company.owner.ctx(), {
    conversationId: reached.row.id,
    messageId,
    text: 'Con gusto, ¿qué buscas?',
    note: false,
  })
  expect((await onlyChat(company)).row.state).toBe('pending')
  await accept(company, messageId)
  const answered = await onlyChat(company)
  expect(answered.row).toMatchObject({ state: 'follow-up', waitingSince: null })
  expect(answered.row.preview).toMatchObject({ direction: 'out', status: 'sent' })
  await expectRollupsEqualRecount(company.tenantId)
  await expectLoadsEqualRecount(company.tenantId)
})

test('a message to an assigned chat is one more of the same chat', async () => {
  const company = await createCompany()
  const phone = phoneOf(company)
  await phone.says('luz', 'hola')
  await phone.says('luz', 'asesor')
  await phone.says('luz', '¿siguen ahí?')
  const { row, details } = await onlyChat(company)
  expect(details.messages.at(-1)).toMatchObject({ direction: 'in', text: '¿siguen ahí?' })
  expect(row).toMatchObject({ inboundCount: 3, state: 'pending', unreadCount: 3 })
})

test('a message that the provider repeats is stored once', async () => {
  const company = await createCompany()
  const phone = phoneOf(company)
  const id = randomUUID()
  for (let time = 0; time < 3; time += 1) await phone.says('luz', 'hola', id)
  await phone.says('luz', 'asesor')
  const again = randomUUID()
  for (let time = 0; time < 3; time += 1) await phone.says('luz', 'repetido', again)
  const { row, details } = await onlyChat(company)
  expect(details.messages.filter((message) => message.direction === 'in')).toHaveLength(3)
  expect(row.inboundCount).toBe(3)
  const db = forTenant(company.tenantId)
  expect(await db.inboundJournal.count({ where: { tenantId: company.tenantId } })).toBe(0)
})

test('a message of the same id is sent once, whoever presses twice', async () => {
  const company = await createCompany()
  const phone = phoneOf(company)
  await phone.says('luz', 'hola')
  const { row } = await onlyChat(company)
  const messageId = newId()
  const ctx = await company.owner.ctx()
  const send = () => sendMessage(ctx, { conversationId: row.id, messageId, text: 'Hola', note: false })
  await Promise.all(Array.from({ length: 8 }, send))
  const { details } = await onlyChat(company)
  expect(details.messages.filter((message) => message.id === messageId)).toHaveLength(1)
  await expectLoadsEqualRecount(company.tenantId)
})

test('with nobody free the chat waits in line, and comes to who becomes available', async () => {
  const company = await createCompany()
  const phone = phoneOf(company)
  await setAvailability(company.ownerCtx, { availability: 'away', awayReason: 'Almuerzo' })
  await phone.says('luz', 'hola')
  await phone.says('luz', 'asesor')
  expect((await onlyChat(company)).row).toMatchObject({ state: 'open', subState: 'line', assigneeId: null })
  expect(await viewCounts(company.ownerCtx)).toMatchObject({ line: 1, open: 1, minePending: 0 })

  await setAvailability(company.ownerCtx, { availability: 'available' })
  const system = systemContext(
    company.tenantId,
    { kind: 'system', name: 'routing' },
    new Date(),
    () => undefined,
  )
  expect(await offerWaitingLine(system)).toBe(1)
  expect((await onlyChat(company)).row).toMatchObject({
    state: 'pending',
    assigneeId: company.owner.memberId,
  })
  await expectLoadsEqualRecount(company.tenantId)
})

test('after a resolution the customer opens a new chat, and thanks open nothing', async () => {
  const company = await createCompany()
  const phone = phoneOf(company)
  await phone.says('luz', 'hola')
  await phone.says('luz', 'asesor')
  const { row } = await onlyChat(company)
  const ctx = await company.owner.ctx()
  await expect(
    resolveConversation(ctx, { conversationId: row.id, evenIfWaiting: false }),
  ).rejects.toMatchObject({
    reason: 'customerWaits',
  })
  await resolveConversation(ctx, { conversationId: row.id, evenIfWaiting: true })
  await phone.says('luz', 'Gracias 🙏')
  expect((await onlyChat(company)).row).toMatchObject({ state: 'resolved', inboundCount: 3 })
  await phone.says('luz', 'ah, y otra pregunta')
  const { rows } = await listConversations(company.ownerCtx, all)
  expect(rows.map((chat) => chat.state)).toEqual(['pending', 'resolved'])
  await expectRollupsEqualRecount(company.tenantId)
  await expectLoadsEqualRecount(company.tenantId)
})

test('a resolution taken back leaves the chat and the counts as they were', async () => {
  const company = await createCompany()
  const phone = phoneOf(company)
  await phone.says('luz', 'hola')
  await phone.says('luz', 'asesor')
  const { row } = await onlyChat(company)
  const ctx = await company.owner.ctx()
  await resolveConversation(ctx, { conversationId: row.id, evenIfWaiting: true })
  await undoResolution(ctx, { conversationId: row.id })
  expect((await onlyChat(company)).row).toMatchObject({
    state: 'pending',
    assigneeId: company.owner.memberId,
  })
  await expectRollupsEqualRecount(company.tenantId)
  await expectLoadsEqualRecount(company.tenantId)
})

test('round robin gives each free member a chat in turn, up to their capacity', async () => {
  const company = await createCompany()
  await setAvailability(company.ownerCtx, { availability: 'away', awayReason: 'Reunión' })
  const agents = [await company.agent({ capacity: 2 }), await company.agent({ capacity: 2 })]
  const phone = phoneOf(company)
  for (let n = 0; n < 5; n += 1) await phone.write(`c${n}`, 'hola')
  await phone.take()
  for (let n = 0; n < 5; n += 1) await phone.write(`c${n}`, 'asesor')
  await phone.take()
  const { rows } = await listConversations(company.ownerCtx, all)
  const byAgent = agents.map((agent) => rows.filter((row) => row.assigneeId === agent.memberId).length)
  expect(byAgent).toEqual([2, 2])
  expect(rows.filter((row) => row.subState === 'line')).toHaveLength(1)
  await expectLoadsEqualRecount(company.tenantId)
})

test('an agent sees own chats, own teams and chats of no team, and counts agree with the list', async () => {
  const company = await createCompany()
  const other = await company.agent({ teamIds: [] })
  const phone = phoneOf(company)
  await phone.says('luz', 'hola')
  await phone.says('luz', 'asesor')
  await phone.says('paz', 'hola')
  const ctx = await other.ctx()
  const seen = await listConversations(ctx, all)
  expect(seen.rows.map((row) => row.contactName)).toEqual(['Cliente paz'])
  expect((await viewCounts(ctx)).all).toBe(1)
  const { rows } = await listConversations(company.ownerCtx, all)
  const hidden = rows.find((row) => row.contactName === 'Cliente luz')
  if (!hidden) throw new Error('the owner sees both')
  await expect(conversationDetails(ctx, hidden.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(
    sendMessage(ctx, { conversationId: hidden.id, messageId: newId(), text: 'hola', note: false }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await assignConversation(company.ownerCtx, { conversationId: hidden.id, memberId: other.memberId })
  expect((await listConversations(ctx, all)).rows).toHaveLength(2)
})

test('a list is paged by key: every chat once, in the order of the whole', async () => {
  const company = await createCompany()
  const phone = phoneOf(company)
  for (let n = 0; n < 23; n += 1) await phone.write(`c${n}`, 'hola')
  await phone.take()
  const whole = (await listConversations(company.ownerCtx, all)).rows.map((row) => row.id)
  for (const sort of ['wait', 'recent'] as const) {
    const paged: string[] = []
    let cursor: string | undefined
    do {
      const page = await listConversations(company.ownerCtx, {
        view: 'all',
        sort,
        limit: 5,
        ...(cursor ? { cursor } : {}),
      })
      paged.push(...page.rows.map((row) => row.id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(new Set(paged).size).toBe(23)
    if (sort === 'wait') expect(paged).toEqual(whole)
  }
})

test('a search finds a contact without accents or capitals, resolved chats too, and nothing by a wildcard', async () => {
  const company = await createCompany()
  const phone = phoneOf(company)
  await phone.says('jose-nunez', 'hola')
  await phone.says('luz', 'hola')
  const db = forTenant(company.tenantId)
  const [, newest] = await db.contact.findMany({
    where: { tenantId: company.tenantId },
    orderBy: { id: 'asc' },
  })
  await db.contact.updateMany({
    where: { tenantId: company.tenantId, id: newest?.id ?? '' },
    data: { name: 'José Núñez' },
  })
  const find = async (search: string) =>
    (await listConversations(company.ownerCtx, { ...all, search })).rows.map((row) => row.contactName)
  expect(await find('jose nun')).toEqual(['José Núñez'])
  expect(await find('CLIENTE')).toEqual(['Cliente jose-nunez'])
  expect(await find('%')).toEqual([])
  expect(await find('_')).toEqual([])
  expect(await find('\\')).toEqual([])
})

test('the bot’s words stand after what they answer, however many write at once', async () => {
  const company = await createCompany()
  const phone = phoneOf(company)
  for (let n = 0; n < 20; n += 1) await phone.write(`c${n}`, 'hola')
  await phone.take()
  const { rows } = await listConversations(company.ownerCtx, all)
  for (const row of rows) {
    const { messages } = await conversationDetails(company.ownerCtx, row.id)
    expect(messages.map((message) => message.author.kind)).toEqual(['customer', 'bot'])
  }
})

test('who writes after an answer from the phone enters the line, and the line is offered at once', async () => {
  const company = await createCompany()
  const phone = phoneOf(company)
  await phone.says('luz', 'hola')
  const { row } = await onlyChat(company)
  await forTenant(company.tenantId).conversation.updateMany({
    where: { tenantId: company.tenantId, id: row.id },
    data: { phoneAnsweredAt: new Date(), botStopped: true },
  })
  await phone.says('luz', 'sigo esperando')
  expect((await onlyChat(company)).row).toMatchObject({ state: 'open', subState: 'line' })
  const jobs = await queryAsOwner<{ key: string }>('SELECT key FROM graphile_worker.jobs WHERE key = $1', [
    `offer:${company.tenantId}`,
  ])
  expect(jobs).toHaveLength(1)
})

test('a refused transfer leaves no note behind', async () => {
  const company = await createCompany()
  const phone = phoneOf(company)
  await phone.says('luz', 'hola')
  await phone.says('luz', 'asesor')
  const { row } = await onlyChat(company)
  const transfer = transferConversation(await company.owner.ctx(), {
    conversationId: row.id,
    to: { kind: 'team', teamId: newId() },
    note: 'para garantías',
  })
  await expect(transfer).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const { details } = await onlyChat(company)
  expect(details.messages.filter((message) => message.direction === 'note')).toHaveLength(0)
})

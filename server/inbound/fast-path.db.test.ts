import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { MessageEvent } from '@/server/channels/schema'
import { assignConversation } from '@/server/conversations/commands'
import { listConversations } from '@/server/conversations/queries'
import { forTenant } from '@/server/kernel/database'
import { customerSays } from '@/tests/support/customer'
import { createCompany, type TestCompany } from '@/tests/support/factories'
import { takeIntoAssignedChat } from './fast-path'

const says = (persona: string, text: string, externalId: string = randomUUID()): MessageEvent => ({
  type: 'message',
  externalId,
  from: 'customer',
  sender: { identities: [{ kind: 'simulator', value: persona }], phone: null, name: null },
  content: { kind: 'text', text },
  quote: null,
  at: new Date().toISOString(),
})

async function assignAll(company: TestCompany, personas: readonly string[]) {
  for (const persona of personas) await customerSays(company, { id: persona, name: persona }, 'hola')
  const { rows } = await listConversations(company.ownerCtx, { view: 'all', sort: 'wait', limit: 100 })
  expect(rows).toHaveLength(personas.length)
  for (const row of rows) {
    if (row.assigneeId) continue
    await assignConversation(company.ownerCtx, { conversationId: row.id, memberId: company.owner.memberId })
  }
  return rows
}

const take = (company: TestCompany, event: MessageEvent) =>
  takeIntoAssignedChat(company.tenantId, { id: company.channelId }, event, {
    now: new Date(),
    journalId: null,
  })

test('messages of many chats at once are each stored once, in their own chat', async () => {
  const company = await createCompany()
  const personas = Array.from({ length: 12 }, (_, n) => `p${n}`)
  await assignAll(company, personas)
  const taken = await Promise.all(personas.map((persona) => take(company, says(persona, `soy ${persona}`))))
  expect(taken).toEqual(personas.map(() => true))
  const stored = await forTenant(company.tenantId).message.findMany({
    where: { tenantId: company.tenantId, text: { startsWith: 'soy ' } },
    select: { text: true, conversation: { select: { previewText: true, inboundCount: true } } },
  })
  expect(stored.map((message) => message.text).sort()).toEqual(personas.map((p) => `soy ${p}`).sort())
  for (const { text, conversation } of stored) {
    expect(conversation).toEqual({ previewText: text, inboundCount: 2 })
  }
})

test('a stranger, a repeated message and a second one of the same chat in one batch are left to the full road', async () => {
  const company = await createCompany()
  await assignAll(company, ['ana', 'luis', 'eva'])
  const known = randomUUID()
  expect(await take(company, says('luis', 'una vez', known))).toBe(true)
  // The first goes out alone; the rest waits for it or goes with the next, together.
  const taken = await Promise.all([
    take(company, says('eva', 'primera')),
    take(company, says('ana', 'primera')),
    take(company, says('nadie', 'hola')),
    take(company, says('luis', 'una vez', known)),
    take(company, says('ana', 'segunda')),
  ])
  expect(taken.slice(0, 4)).toEqual([true, true, false, false])
  const texts = await forTenant(company.tenantId).message.findMany({
    where: { tenantId: company.tenantId, text: { in: ['primera', 'segunda', 'una vez'] } },
    select: { text: true },
    orderBy: { id: 'asc' },
  })
  // Taken or left, never doubled.
  expect(texts.filter((message) => message.text === 'una vez')).toHaveLength(1)
  expect(texts.filter((message) => message.text === 'primera')).toHaveLength(2)
  expect(texts.filter((message) => message.text === 'segunda')).toHaveLength(taken[4] ? 1 : 0)
})

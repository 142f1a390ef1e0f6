import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { resolveConversation } from '@/server/conversations/commands'
import { forTenant } from '@/server/kernel/database'
import { createCompany, type TestCompany } from '@/tests/support/factories'
import { takeJournal, writeJournal } from './journal'

const CONTACTS = 100
const MESSAGES = 6

const channelOf = (company: TestCompany) => ({
  id: company.channelId,
  kind: 'simulator',
  menuId: company.menuId,
  defaultTeamId: company.teamId,
})

/** Everybody's messages are written at once, and two readers take them side by side, as after a takeover. */
async function burst(company: TestCompany) {
  const writes = Array.from({ length: CONTACTS * MESSAGES }, (_, n) => {
    const persona = `c${n % CONTACTS}`
    return writeJournal(company.tenantId, company.channelId, {
      orderKey: persona,
      payload: {
        do: 'say',
        id: randomUUID(),
        persona: { id: persona, name: `Cliente ${persona}`, phone: null },
        text: `mensaje ${Math.floor(n / CONTACTS)}`,
        at: new Date().toISOString(),
      },
    })
  })
  await Promise.all(writes)
  const reader = () =>
    takeJournal(company.tenantId, channelOf(company), { concurrency: 8, afterCommit: () => undefined })
  await Promise.all([reader(), reader()])
  await reader()
}

async function counts(company: TestCompany) {
  const { tenantId } = company
  const db = forTenant(tenantId)
  const [messages, unresolved, greetings, contacts, journal] = await Promise.all([
    db.message.count({ where: { tenantId, direction: 'in' } }),
    db.conversation.count({ where: { tenantId, resolvedAt: null } }),
    db.conversationEvent.count({ where: { tenantId, type: 'menu-asked', reason: 'greeting' } }),
    db.contact.count({ where: { tenantId } }),
    db.inboundJournal.count({ where: { tenantId } }),
  ])
  return { messages, unresolved, greetings, contacts, journal }
}

test('100 new contacts send 6 messages each at once: 600 messages, 100 chats, 100 greetings', {
  timeout: 90_000,
}, async () => {
  const company = await createCompany()
  await burst(company)
  expect(await counts(company)).toEqual({
    messages: 600,
    unresolved: 100,
    greetings: 100,
    contacts: 100,
    journal: 0,
  })
  const bot = await forTenant(company.tenantId).message.count({
    where: { tenantId: company.tenantId, authorKind: 'bot' },
  })
  expect(bot).toBe(100)
})

test('100 known contacts whose chat was resolved do the same: 100 new chats, linked, greeted once', {
  timeout: 90_000,
}, async () => {
  const company = await createCompany()
  const { tenantId } = company
  const db = forTenant(tenantId)
  await burst(company)
  const ctx = await company.owner.ctx()
  const first = await db.conversation.findMany({ where: { tenantId }, select: { id: true } })
  for (const { id } of first) await resolveConversation(ctx, { conversationId: id, evenIfWaiting: true })
  // Beyond the courtesy time, in which a chat comes back to whom it had.
  await db.conversation.updateMany({
    where: { tenantId },
    data: { resolvedAt: new Date(Date.now() - 3_600_000) },
  })
  await burst(company)
  expect(await counts(company)).toEqual({
    messages: 1_200,
    unresolved: 100,
    greetings: 200,
    contacts: 100,
    journal: 0,
  })
  expect(await db.conversation.count({ where: { tenantId, previousId: { not: null } } })).toBe(100)
})

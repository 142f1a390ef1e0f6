import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  changesSince,
  conversationDetails,
  listConversations,
  olderMessages,
  readForAnnouncement,
  syncCursor,
  viewCounts,
} from '@/server/conversations/queries'
import type { View } from '@/server/conversations/schema'
import { claimOutgoing } from '@/server/delivery/commands'
import { takeIntoAssignedChat } from '@/server/inbound/fast-path'
import { takeJournal } from '@/server/inbound/journal'
import { systemPool } from '@/server/kernel/database'
import { type BenchCompany, fillCompany, settleTables } from '@/tests/support/fill-company'
import { ownChannel } from '@/tests/support/lease'
import { ownDatabase } from '@/tests/support/own-database'
import { effortOf, statementsOf } from '@/tests/support/watch-statements'
import { createCompany, type TestCompany } from '../support/factories'

/**
 * The statements of the busiest paths, explained as the app role on a company with history: none reads a table from
 * end to end, none reads many rows in vain, and none touches more pages than it may.
 */
const CHATS = 3_000
const MESSAGES_EACH = 8

/** Tables that grow with a company's life. Members, teams and channels are a page each and may be read whole. */
const GROWING = [
  'announcement',
  'contact',
  'contact_identity',
  'conversation',
  'conversation_event',
  'conversation_read',
  'inbound_journal',
  'message',
  'outbox',
]

let own: Awaited<ReturnType<typeof ownDatabase>>
let company: TestCompany
let longChat: string
let someMessage: string
let journalId: string

beforeAll(async () => {
  own = await ownDatabase()
  company = await createCompany()
  const { tenantId, channelId, teamId, owner } = company
  const filled: BenchCompany = { tenantId, channelId, teamId, memberId: owner.memberId }
  await fillCompany(filled, CHATS, MESSAGES_EACH)
  await ownChannel(company)
  const other = await createCompany()
  await fillCompany(
    {
      tenantId: other.tenantId,
      channelId: other.channelId,
      teamId: other.teamId,
      memberId: other.owner.memberId,
    },
    CHATS,
    1,
  )
  const asSystem = (text: string, values: unknown[]) => systemPool().query(text, values)
  const read = await asSystem(
    `INSERT INTO conversation_read ("tenantId", "memberId", "conversationId", "inboundCount")
     SELECT "tenantId", $2, id, 1 FROM conversation WHERE "tenantId" = $1`,
    [tenantId, owner.memberId],
  )
  expect(read.rowCount).toBe(CHATS)
  await asSystem(
    `INSERT INTO contact_identity ("tenantId", kind, value, "contactId") SELECT "tenantId", 'simulator', 'p' || name, id FROM contact`,
    [],
  )
  journalId = randomUUID()
  await asSystem(
    `INSERT INTO inbound_journal ("tenantId", id, "channelId", "orderKey", payload, "receivedAt", "deadAt")
     SELECT $1, gen_random_uuid(), $2, 'dead' || n, '{}', now(), now() FROM generate_series(1, 2000) n`,
    [tenantId, channelId],
  )
  await asSystem(
    `INSERT INTO conversation_event ("tenantId", id, "conversationId", type, at, day, "actorKind", "channelId")
     SELECT "tenantId", gen_random_uuid(), id, 'opened', "openedAt", "openedAt"::date, 'customer', "channelId" FROM conversation`,
    [],
  )
  // Elsewhere much waits to go out; here ten messages, none of them yet.
  await asSystem(
    `INSERT INTO outbox ("tenantId", id, "channelId", "conversationId", "notBefore")
     SELECT "tenantId", id, "channelId", "conversationId", now() + interval '1 hour' FROM message WHERE "tenantId" <> $1
     UNION ALL
     SELECT * FROM (SELECT "tenantId", id, "channelId", "conversationId", now() + interval '1 hour' FROM message
       WHERE "tenantId" = $1 LIMIT 10) few`,
    [tenantId],
  )
  await settleTables(own.env.DATABASE_OWNER_URL ?? '')
  const { rows } = await asSystem(
    `SELECT "conversationId", id FROM message WHERE "tenantId" = $1 AND text = 'Mensaje largo 500'`,
    [tenantId],
  )
  longChat = rows[0]?.conversationId
  someMessage = rows[0]?.id
}, 120_000)

afterAll(() => own.drop())

/** @param most pages of 8 kB, all statements of the call together. */
async function expectSmall(call: () => Promise<unknown>, most: number): Promise<void> {
  const statements = await statementsOf(call)
  expect(statements.length).toBeGreaterThan(0)
  const efforts = await Promise.all(
    statements.map((statement) => effortOf(own.env.DATABASE_APP_URL ?? '', company.tenantId, statement)),
  )
  expect(efforts.flatMap((effort) => effort.scanned).filter((table) => GROWING.includes(table))).toEqual([])
  expect(Math.max(...efforts.map((effort) => effort.removed))).toBeLessThanOrEqual(60)
  expect(efforts.reduce((sum, effort) => sum + effort.buffers, 0)).toBeLessThanOrEqual(most)
}

const views: View[] = ['all', 'mine', 'mine-pending', 'mine-follow-up', 'open', 'line', 'menu', 'resolved']

test.each(views)('the first page of the view %s, by waiting time', async (view) => {
  await expectSmall(() => listConversations(company.ownerCtx, { view, sort: 'wait', limit: 25 }), 250)
})

test('the first page by the newest message, and of a team', async () => {
  await expectSmall(
    () => listConversations(company.ownerCtx, { view: 'all', sort: 'recent', limit: 25 }),
    250,
  )
  const view: View = `team:${company.teamId}`
  await expectSmall(() => listConversations(company.ownerCtx, { view, sort: 'wait', limit: 25 }), 250)
})

test('page twenty costs what page one costs', async () => {
  let cursor: string | null = null
  for (let page = 1; page < 20; page += 1) {
    const { nextCursor }: { nextCursor: string | null } = await listConversations(company.ownerCtx, {
      view: 'resolved',
      sort: 'wait',
      limit: 25,
      ...(cursor ? { cursor } : {}),
    })
    cursor = nextCursor
  }
  expect(cursor).not.toBeNull()
  await expectSmall(
    () => listConversations(company.ownerCtx, { view: 'resolved', sort: 'wait', limit: 25, cursor }),
    250,
  )
})

test('the counts of all views are read from the index alone', async () => {
  const [statement] = await statementsOf(() => viewCounts(company.ownerCtx))
  if (!statement) throw new Error('the counts are one statement')
  const effort = await effortOf(own.env.DATABASE_APP_URL ?? '', company.tenantId, statement)
  expect(effort).toMatchObject({ scanned: [], removed: 0, indexes: ['conversation_team'] })
  expect(effort.buffers).toBeLessThanOrEqual(40)
})

test('a chat of a thousand messages, and its older pages', async () => {
  await expectSmall(() => conversationDetails(company.ownerCtx, longChat), 60)
  await expectSmall(
    () => olderMessages(company.ownerCtx, { conversationId: longChat, before: someMessage, limit: 50 }),
    60,
  )
})

test('healing after a lost connection when little has changed', async () => {
  const cursor = await syncCursor(company.ownerCtx)
  await expectSmall(() => changesSince(company.ownerCtx, { cursor, openConversationId: longChat }), 60)
})

test('telling what changed', async () => {
  await expectSmall(() => readForAnnouncement(company.tenantId, [longChat], [someMessage]), 60)
})

test('a customer’s message in an assigned chat', async () => {
  const event = {
    type: 'message' as const,
    externalId: randomUUID(),
    from: 'customer' as const,
    sender: { identities: [{ kind: 'simulator' as const, value: 'pCliente 1' }], phone: null, name: null },
    content: { kind: 'text' as const, text: 'Buenas' },
    quote: null,
    at: new Date().toISOString(),
  }
  const { tenantId, channelId } = company
  await expectSmall(
    () => takeIntoAssignedChat(tenantId, { id: channelId, fence: 1n }, event, { now: new Date(), journalId }),
    120,
  )
})

test('looking for work: the journal of a channel and its outbox', async () => {
  const { tenantId, channelId, menuId, teamId } = company
  const channel = { id: channelId, kind: 'simulator', menuId, defaultTeamId: teamId }
  await expectSmall(
    () => takeJournal(tenantId, channel, { concurrency: 1, afterCommit: () => undefined }),
    20,
  )
  await expectSmall(() => claimOutgoing({ tenantId, id: channelId, fence: 1n }), 20)
})

import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import pg from 'pg'
import type { MessageEvent } from '@/server/channels/schema'
import { takeIntoAssignedChat } from '@/server/inbound/fast-path'
import { systemPool } from '@/server/kernel/database'
import { newId } from '@/server/kernel/ids'
import type { BenchCompany } from '@/tests/support/fill-company'

const CONNECTIONS = 8
const ROUND_MS = 4_000

/**
 * A realtime server that takes whatever it is told, in a thread of its own: what telling costs us is measured, what a
 * server makes of it is not.
 */
export async function listenToAll(): Promise<void> {
  const listener = new Worker(
    `const { createServer } = require('node:http')
     const { parentPort } = require('node:worker_threads')
     const server = createServer((request, response) => request.resume().on('end', () => response.end('{}')))
     server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))`,
    { eval: true },
  )
  const [port] = await once(listener, 'message')
  listener.unref()
  Object.assign(process.env, { PUSHER_HOST: '127.0.0.1', PUSHER_PORT: String(port), PUSHER_USE_TLS: 'false' })
}

/** Contacts with an assigned chat, each with an identity that the bench's messages name. */
export async function assignedChats(company: BenchCompany, count: number): Promise<string[]> {
  const { tenantId, channelId, teamId, memberId } = company
  const values = [tenantId, count]
  await systemPool().query(
    `INSERT INTO contact ("tenantId", id, name) SELECT $1::uuid, md5($1::text || 'b' || n)::uuid, 'B ' || n FROM generate_series(1, $2::int) n`,
    values,
  )
  await systemPool().query(
    `INSERT INTO contact_identity ("tenantId", kind, value, "contactId")
     SELECT $1::uuid, 'simulator', 'b' || n, md5($1::text || 'b' || n)::uuid FROM generate_series(1, $2::int) n`,
    values,
  )
  await systemPool().query(
    `INSERT INTO conversation ("tenantId", id, "channelId", "contactId", "assigneeId", "assignedAt", "teamId")
     SELECT $1::uuid, md5($1::text || 'bc' || n)::uuid, $3, md5($1::text || 'b' || n)::uuid, $4, now(), $5 FROM generate_series(1, $2::int) n`,
    [...values, channelId, memberId, teamId],
  )
  return Array.from({ length: count }, (_, n) => `b${n + 1}`)
}

/** @returns per second: a parsed event -> committed, on assigned chats. */
export async function ingestRate(company: BenchCompany, personas: readonly string[]): Promise<number> {
  let next = 0
  return rateOf(async () => {
    next += 1
    const value = personas[next % personas.length] ?? 'b1'
    const event: MessageEvent = {
      type: 'message',
      externalId: randomUUID(),
      from: 'customer',
      sender: { identities: [{ kind: 'simulator', value }], phone: null, name: null },
      content: { kind: 'text', text: 'Buenas, ¿a qué hora abren mañana?' },
      quote: null,
      at: new Date().toISOString(),
    }
    const taken = await takeIntoAssignedChat(company.tenantId, { id: company.channelId }, event, {
      now: new Date(),
      journalId: null,
    })
    if (!taken) throw new Error('an assigned chat takes its message by the short road')
  })
}

/** @returns per second: one small row, durably committed, from the same Node with the same driver: what the machine can. */
export async function commitRate(systemUrl: string, ownerUrl: string): Promise<number> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  await owner.query('CREATE TABLE IF NOT EXISTS bench_commit (id uuid PRIMARY KEY, said text)')
  await owner.query('GRANT INSERT ON bench_commit TO ikono_system')
  const pool = new pg.Pool({ connectionString: systemUrl, max: CONNECTIONS })
  try {
    return await rateOf(() =>
      pool.query('INSERT INTO bench_commit VALUES ($1, $2)', [newId(), 'Buenas, ¿a qué hora abren mañana?']),
    )
  } finally {
    await pool.end()
    await owner.query('DROP TABLE bench_commit')
    await owner.end()
  }
}

async function rateOf(work: () => Promise<unknown>): Promise<number> {
  let done = 0
  const until = Date.now() + ROUND_MS
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (Date.now() < until) {
        await work()
        done += 1
      }
    }),
  )
  return done / (ROUND_MS / 1000)
}

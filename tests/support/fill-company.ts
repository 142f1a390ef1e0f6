import pg from 'pg'
import { systemPool, type TenantId } from '@/server/kernel/database'

export type BenchCompany = { tenantId: TenantId; channelId: string; teamId: string; memberId: string }

/** Chats at work at one moment: as many as some fifteen people have in hand, however long the company's history is. */
const UNRESOLVED = 300

/** Chats, contacts and messages of one company, made by the database itself: a million in a minute. Deterministic. */
export async function fillCompany(
  company: BenchCompany,
  chats: number,
  messagesPerChat: number,
): Promise<void> {
  const { tenantId, channelId, teamId, memberId } = company
  // As system: the owner of the tables is under forced row security too.
  const asSystem = (text: string, values: unknown[] = []) => systemPool().query(text, values)
  await asSystem(
    `INSERT INTO contact ("tenantId", id, name, phone)
     SELECT $1::uuid, md5($1::text || 'contact' || n)::uuid, 'Cliente ' || n, '57300' || lpad(n::text, 7, '0') FROM generate_series(1, $2::int) n`,
    [tenantId, chats],
  )
  // The unresolved lie anywhere between the resolved, as they do in a table that grew with time.
  await asSystem(
    `INSERT INTO conversation ("tenantId", id, "channelId", "contactId", "openedAt", "assigneeId", "assignedAt", "teamId",
       "waitingSince", "resolvedAt", resolution, "lastMessageAt", "previewText", "inboundCount")
     SELECT $1::uuid, md5($1::text || 'chat' || n)::uuid, $3, md5($1::text || 'contact' || n)::uuid, now() - make_interval(mins => n),
       CASE WHEN n % 3 > 0 THEN $5::uuid END, now(), $4,
       CASE WHEN n % 3 = 1 THEN now() - make_interval(mins => n % 700) END,
       CASE WHEN NOT at_work THEN now() - make_interval(mins => n) END, CASE WHEN NOT at_work THEN 'person' END,
       now() - make_interval(mins => n), 'Mensaje de ejemplo ' || n, 3
     FROM generate_series(1, $2::int) n CROSS JOIN LATERAL (SELECT (n::bigint * $6) % $2 < $6 AS at_work) w`,
    [tenantId, chats, channelId, teamId, memberId, UNRESOLVED],
  )
  await asSystem(
    `INSERT INTO message ("tenantId", id, "conversationId", "channelId", "externalId", direction, "authorKind", text, at, "createdAt")
     SELECT $1::uuid, md5($1::text || 'message' || n || ' ' || k)::uuid, md5($1::text || 'chat' || n)::uuid, $4, md5($1::text || n || ' ' || k),
       CASE WHEN k % 2 = 0 THEN 'in' ELSE 'out' END, CASE WHEN k % 2 = 0 THEN 'customer' ELSE 'member' END,
       'Mensaje ' || k || ' del chat ' || n, now() - make_interval(mins => n) + make_interval(secs => k), now()
     FROM generate_series(1, $2::int) n, generate_series(1, $3::int) k`,
    [tenantId, chats, messagesPerChat, channelId],
  )
  await asSystem(
    `INSERT INTO message ("tenantId", id, "conversationId", "channelId", "externalId", direction, "authorKind", text, at, "createdAt")
     SELECT $1::uuid, md5($1::text || 'long' || k)::uuid, md5($1::text || 'chat1')::uuid, $2, md5($1::text || 'long' || k), 'in', 'customer',
       'Mensaje largo ' || k, now() + make_interval(secs => k), now() FROM generate_series(1, 1000) k`,
    [tenantId, channelId],
  )
}

/** What autovacuum does within the minute in a database that lives: statistics for the planner, and pages marked whole. */
export async function settleTables(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    await owner.query('VACUUM ANALYZE')
  } finally {
    await owner.end()
  }
}

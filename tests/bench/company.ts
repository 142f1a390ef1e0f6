import { systemPool, type TenantId } from '@/server/kernel/database'

export type BenchCompany = { tenantId: TenantId; channelId: string; teamId: string; memberId: string }

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
  // Three in a hundred are unresolved, as in a company that works; the rest is history.
  await asSystem(
    `INSERT INTO conversation ("tenantId", id, "channelId", "contactId", "openedAt", "assigneeId", "assignedAt", "teamId",
       "waitingSince", "resolvedAt", resolution, "lastMessageAt", "previewText", "inboundCount")
     SELECT $1::uuid, md5($1::text || 'chat' || n)::uuid, $3, md5($1::text || 'contact' || n)::uuid, now() - make_interval(mins => n),
       CASE WHEN n % 3 > 0 THEN $5::uuid END, now(), $4,
       CASE WHEN n % 100 < 2 THEN now() - make_interval(mins => n % 700) END,
       CASE WHEN n % 100 >= 3 THEN now() - make_interval(mins => n) END, CASE WHEN n % 100 >= 3 THEN 'person' END,
       now() - make_interval(mins => n), 'Mensaje de ejemplo ' || n, 3
     FROM generate_series(1, $2::int) n`,
    [tenantId, chats, channelId, teamId, memberId],
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

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { queryAsOwner } from '@/tests/support/database'

/** Tables of no single company, each with its reason to be one. */
const DIRECTORIES = [
  'operator_alarm', // a version that WhatsApp refuses concerns all companies
  'password_reset',
  'rate_limit',
  'user', // one person may belong to several companies
  'user_session',
  'worker',
]

type Column = { table: string; column: string; type: string; nullable: boolean }

let columns: Column[] = []
let tables: string[] = []
let tenantTables: string[] = []

beforeAll(async () => {
  columns = await queryAsOwner<Column>(
    `SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type,
            NOT a.attnotnull AS nullable
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> '_prisma_migrations'
        AND a.attnum > 0 AND NOT a.attisdropped`,
  )
  tables = [...new Set(columns.map(({ table }) => table))].sort()
  tenantTables = tables.filter((table) =>
    columns.some(({ table: owner, column }) => owner === table && column === 'tenantId'),
  )
})

test('every table belongs to companies, or is a directory that we know of', () => {
  const others = tables.filter((table) => !tenantTables.includes(table) && table !== 'tenant')
  expect(others).toEqual(DIRECTORIES)
})

test('every table of companies has row-level security, forced, with both policies', async () => {
  const rows = await queryAsOwner<{ table: string; wall: string }>(
    `SELECT c.relname AS table,
            concat_ws(' ', CASE WHEN c.relrowsecurity THEN 'enabled' END, CASE WHEN c.relforcerowsecurity THEN 'forced' END,
              (SELECT string_agg(p.policyname || '>' || array_to_string(p.roles, ',') || ':' || p.cmd || ':' || p.permissive,
                 ' ' ORDER BY p.policyname)
                 FROM pg_policies p WHERE p.schemaname = 'public' AND p.tablename = c.relname)) AS wall
       FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')`,
  )
  const wallOf = new Map(rows.map(({ table, wall }) => [table, wall]))
  const whole = 'enabled forced app>ikono_app:ALL:PERMISSIVE system>ikono_system:ALL:PERMISSIVE'
  const open = [...tenantTables, 'tenant'].filter((table) => wallOf.get(table) !== whole)
  expect(open).toEqual([])
})

test('each app policy compares the row’s company with the one that the transaction names, both ways', async () => {
  const rows = await queryAsOwner<{ table: string; reads: string; writes: string }>(
    `SELECT tablename AS table, qual AS reads, with_check AS writes FROM pg_policies
      WHERE schemaname = 'public' AND policyname = 'app'`,
  )
  const setting = `NULLIF(current_setting('app.tenant_id'::text, true), ''::text)`
  const wrong = rows.filter(({ table, reads, writes }) => {
    const column = table === 'tenant' ? 'id' : '"tenantId"'
    return reads !== writes || !reads.startsWith(`(${column} = ( SELECT (${setting})::uuid`)
  })
  expect(wrong).toEqual([])
  expect(rows).toHaveLength(tenantTables.length + 1)
})

test('no role of the product may pass the walls', async () => {
  const rows = await queryAsOwner<{ rolname: string }>(
    `SELECT rolname FROM pg_roles r
      WHERE (rolsuper OR rolbypassrls)
        AND (rolname IN ('ikono_app', 'ikono_system') OR rolname = current_user
             OR pg_has_role(r.oid, 'ikono_app', 'MEMBER') AND NOT rolsuper)`,
  )
  expect(rows).toEqual([])
})

/** Indexes of company tables that may begin with something else, and why. */
const OTHER_FIRST = new Map([
  ['contact_search', 'letters in threes; only search_contacts reads it, which names the company itself'],
  ['conversation_timer', 'the sweep of timers goes over all companies at once'],
  ['membership_userId_idx', 'which companies a person belongs to, asked at sign-in'],
])

test('the company is the first column of every key, unique and index', async () => {
  const rows = await queryAsOwner<{ name: string; first: string; table: string }>(
    `SELECT i.relname AS name, c.relname AS table, pg_get_indexdef(x.indexrelid, 1, true) AS first
       FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
      WHERE c.relnamespace = 'public'::regnamespace`,
  )
  const strangers = rows
    .filter(({ table, first }) => tenantTables.includes(table) && first !== '"tenantId"')
    .map(({ name }) => name)
  expect(strangers.sort()).toEqual([...OTHER_FIRST.keys()].sort())
})

test('keys between tables of companies hold the company on both sides, and say what a deletion does', async () => {
  const rows = await queryAsOwner<{
    name: string
    from: string
    fromColumns: string[]
    toColumns: string[]
    onDelete: string
  }>(
    `SELECT k.conname AS name, c.relname AS from, k.confdeltype AS "onDelete",
            (SELECT array_agg(a.attname::text ORDER BY n) FROM unnest(k.conkey) WITH ORDINALITY AS u(num, n)
               JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.num) AS "fromColumns",
            (SELECT array_agg(a.attname::text ORDER BY n) FROM unnest(k.confkey) WITH ORDINALITY AS u(num, n)
               JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.num) AS "toColumns"
       FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
      WHERE k.contype = 'f' AND c.relnamespace = 'public'::regnamespace`,
  )
  const wrong = rows.filter(({ name, from, fromColumns, toColumns, onDelete }) => {
    // r RESTRICT, c CASCADE; SET NULL would null the company too.
    if (!['r', 'c'].includes(onDelete)) return true
    const isCompanys = tenantTables.includes(from) && name !== 'membership_userId_fkey'
    return isCompanys && !(fromColumns[0] === 'tenantId' && toColumns[0] === 'tenantId')
  })
  expect(wrong).toEqual([])
})

/** Partial indexes, which Prisma neither knows nor makes: one that is missing would only be slow, so it is asked for. */
const BY_HAND = [
  'contact_search',
  'conversation_changed',
  'conversation_line',
  'conversation_live_recent',
  'conversation_live_wait',
  'conversation_mine',
  'conversation_one_unresolved',
  'conversation_resolved',
  'conversation_team',
  'conversation_timer',
  'inbound_journal_waiting',
  'message_changed',
  'outbox_one_in_flight',
  'outbox_waiting',
]

test('the indexes written by hand are there and in use', async () => {
  const rows = await queryAsOwner<{ name: string }>(
    `SELECT i.relname AS name FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
      WHERE i.relname = ANY($1) AND x.indisvalid ORDER BY 1`,
    [BY_HAND],
  )
  expect(rows.map(({ name }) => name)).toEqual(BY_HAND)
})

test('what clients follow carries the mark of its transaction', async () => {
  const rows = await queryAsOwner<{ table: string }>(
    `SELECT c.relname AS table FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname = 'stamp_changed_tx'`,
  )
  const marked = columns.filter(({ column }) => column === 'changedTx').map(({ table }) => table)
  expect(rows.map(({ table }) => table).sort()).toEqual(marked.sort())
})

const SQL_TYPE: Record<string, string> = {
  'String @db.Uuid': 'uuid',
  String: 'text',
  'String[]': 'text[]',
  Int: 'integer',
  'Int[]': 'integer[]',
  BigInt: 'bigint',
  Boolean: 'boolean',
  Json: 'jsonb',
  Bytes: 'bytea',
  'DateTime @db.Timestamptz(3)': 'timestamp(3) with time zone',
  'DateTime @db.Date': 'date',
}

/** The columns that the Prisma schema describes; relations are no columns. */
function schemaColumns(): Column[] {
  const folder = join(process.cwd(), 'prisma/schema')
  const source = readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
  return [...source.matchAll(/^model \w+ \{\n([\s\S]*?)^\}/gm)].flatMap(([, body = '']) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? '?'
    return body.split('\n').flatMap((line) => {
      const [, column, base, mark] =
        /^ {2}(\w+) +(String|Int|BigInt|Boolean|Json|Bytes|DateTime)(\[\]|\?)?(?= |$)/.exec(line) ?? []
      if (!column || !base) return []
      const kind = /@db\.\w+(\(\d\))?/.exec(line)?.[0]
      const type =
        SQL_TYPE[`${base}${mark === '[]' ? '[]' : ''}${kind ? ` ${kind}` : ''}`] ?? `unknown: ${line.trim()}`
      return [{ table, column, type, nullable: mark === '?' }]
    })
  })
}

test('the client that Prisma makes and the tables say the same', () => {
  const lines = (rows: Column[]) =>
    rows
      .map(({ table, column, type, nullable }) => `${table}.${column} ${type}${nullable ? ' null' : ''}`)
      .sort()
  expect(lines(schemaColumns())).toEqual(lines(columns))
})

import pg from 'pg'
import { z } from 'zod'

export type Statement = { text: string; values: unknown[] }

const FRAME = /^(BEGIN|COMMIT|ROLLBACK|SELECT set_config)/

/** Listens at the driver: what a call really sends, without the transaction's frame. */
export async function statementsOf(call: () => Promise<unknown>): Promise<Statement[]> {
  const seen: Statement[] = []
  const original = pg.Client.prototype.query
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [query, values] = args
    const text = typeof query === 'string' ? query : textOf(query)
    const given = typeof query === 'object' && query && 'values' in query ? query.values : values
    if (!FRAME.test(text)) seen.push({ text, values: Array.isArray(given) ? given : [] })
    return Reflect.apply(original, this, args)
  } as typeof original
  try {
    await call()
  } finally {
    pg.Client.prototype.query = original
  }
  return seen
}

const textOf = (query: unknown) =>
  typeof query === 'object' && query && 'text' in query ? String(query.text) : ''

const planSchema = z.array(
  z.looseObject({
    Plan: z.looseObject({ 'Shared Hit Blocks': z.number(), 'Shared Read Blocks': z.number() }),
  }),
)

/** Pages of 8 kB that a statement touches, run as the app role under row-level security. */
export async function buffersOf(appUrl: string, tenantId: string, statement: Statement): Promise<number> {
  const client = new pg.Client({ connectionString: appUrl })
  await client.connect()
  try {
    await client.query('BEGIN')
    await client.query(`SELECT set_config('app.tenant_id', $1, true)`, [tenantId])
    const explain = `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${statement.text}`
    // Twice: the first run reads catalogues too.
    await client.query(explain, statement.values)
    const { rows } = await client.query(explain, statement.values)
    const [top] = planSchema.parse(rows[0]['QUERY PLAN'])
    await client.query('ROLLBACK')
    return (top?.Plan['Shared Hit Blocks'] ?? 0) + (top?.Plan['Shared Read Blocks'] ?? 0)
  } finally {
    await client.end()
  }
}

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

type PlanNode = {
  'Node Type': string
  'Relation Name'?: string | undefined
  'Index Name'?: string | undefined
  'Rows Removed by Filter'?: number | undefined
  'Shared Hit Blocks': number
  'Shared Read Blocks': number
  Plans?: PlanNode[] | undefined
}

const nodeSchema: z.ZodType<PlanNode> = z.lazy(() =>
  z.looseObject({
    'Node Type': z.string(),
    'Relation Name': z.string().optional(),
    'Index Name': z.string().optional(),
    'Rows Removed by Filter': z.number().optional(),
    'Shared Hit Blocks': z.number(),
    'Shared Read Blocks': z.number(),
    Plans: z.array(nodeSchema).optional(),
  }),
)
const planSchema = z.array(z.looseObject({ Plan: nodeSchema }))

const withChildren = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(withChildren)]

/** What a statement does: pages of 8 kB touched, tables read from end to end, rows read in vain, indexes used. */
export type Effort = { buffers: number; scanned: string[]; removed: number; indexes: string[] }

/** Runs a statement as the app role under row-level security, and takes back what it wrote. */
export async function effortOf(appUrl: string, tenantId: string, statement: Statement): Promise<Effort> {
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
    if (!top) throw new Error('EXPLAIN answers with a plan')
    const nodes = withChildren(top.Plan)
    return {
      buffers: top.Plan['Shared Hit Blocks'] + top.Plan['Shared Read Blocks'],
      scanned: nodes.flatMap((node) =>
        node['Node Type'] === 'Seq Scan' ? [node['Relation Name'] ?? '?'] : [],
      ),
      removed: nodes.reduce((sum, node) => sum + (node['Rows Removed by Filter'] ?? 0), 0),
      indexes: nodes.flatMap((node) => node['Index Name'] ?? []),
    }
  } finally {
    await client.end()
  }
}

import { PrismaPg } from '@prisma/adapter-pg'
import { LRUCache } from 'lru-cache'
import pg from 'pg'
import { PrismaClient } from '@/prisma/generated/client'
import { env } from './env'

/**
 * The third lock (row-level security), from the caller's side. Every query of a company goes out as BEGIN with the
 * company's name, the query, COMMIT in one round trip; without a company there are no rows.
 * The company is bound to the client, never read from AsyncLocalStorage: Prisma batches the queries of a tick in the
 * first caller's async context, and would run them under another company's name.
 */
export type TenantId = string & { readonly __brand: 'TenantId' }
export type TenantDb = PrismaClient
export type TenantTx = Omit<
  PrismaClient,
  '$connect' | '$disconnect' | '$on' | '$transaction' | '$use' | '$extends'
>

/** Mints a TenantId. Only for a checked membership, an API key row or a channel row. */
export const asTenantId = (id: string) => id as TenantId

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Begins a transaction that is bound to one company: one message, so that nothing can come between the two. */
function beginAs(tenantId: TenantId): string {
  if (!UUID.test(tenantId)) throw new Error('a company is named by its uuid')
  return `BEGIN; SET LOCAL app.tenant_id = '${tenantId}'`
}

let sharedPool: pg.Pool | undefined
function appPool(): pg.Pool {
  sharedPool ??= newPool(env('databaseAppUrl'), 20)
  return sharedPool
}

/**
 * A process that is stopped in the middle of a transaction holds its rows: no longer than a lease of a channel lasts, or
 * the next owner would wait for it.
 */
const IDLE_IN_TRANSACTION_MS = 6_000

function newPool(connectionString: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    pipeline: true,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
  } as pg.PoolConfig)
  // Each client of a company adds its listener to the one pool.
  pool.setMaxListeners(0)
  pool.on('error', () => {
    // An idle connection was cut by the server: the pool has dropped it, and the next query opens another.
  })
  pool.on('connect', (client) =>
    client.on('error', () => {
      // One in use was cut: its query fails and says so. Without a listener the whole process would end here.
    }),
  )
  return pool
}

/** Runs one statement as a company: one round trip, its own transaction. Hot paths use it with hand-written SQL. */
export async function queryAs<Row extends pg.QueryResultRow>(
  tenantId: TenantId,
  query: string | pg.QueryConfig,
  values?: unknown[],
): Promise<pg.QueryResult<Row>> {
  const client = await appPool().connect()
  let broken: Error | undefined
  try {
    // Held back and written as one: a system call costs more than what it carries here.
    const { stream } = client.connection
    stream.cork()
    const sent = [
      client.query(beginAs(tenantId)),
      values ? client.query<Row>(query, values) : client.query<Row>(query),
      client.query('COMMIT'),
    ] as const
    stream.uncork()
    const steps = await Promise.allSettled(sent)
    const result = steps[1]
    if (result.status === 'rejected') throw result.reason
    const failed = steps.find((step) => step.status === 'rejected')
    if (failed?.status === 'rejected') throw failed.reason
    return result.value
  } catch (error) {
    // A refused statement leaves a clean connection behind; a cut one must not go back into the pool.
    if (!(error instanceof pg.DatabaseError))
      broken = error instanceof Error ? error : new Error(String(error))
    throw error
  } finally {
    client.release(broken)
  }
}

/** A pool that takes its connections from the shared one and binds each transaction to one company. */
function poolBoundTo(tenantId: TenantId): pg.Pool {
  const bound = new pg.Pool({ max: 1 })
  bound.query = ((query: pg.QueryConfig) => queryAs(tenantId, query)) as typeof bound.query
  bound.connect = (async () => {
    const client = await appPool().connect()
    return new Proxy(client, {
      get(target, property) {
        if (property === 'query') {
          return (query: pg.QueryConfig) => {
            // In the place of Prisma's BEGIN, so the transaction never runs unbound.
            return target.query(query.text === 'BEGIN' ? { ...query, text: beginAs(tenantId) } : query)
          }
        }
        const value: unknown = Reflect.get(target, property, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  }) as typeof bound.connect
  return bound
}

const clients = new LRUCache<TenantId, PrismaClient>({ max: 500 })

/** Which company a client is bound to, for good. */
const boundTo = new WeakMap<PrismaClient, TenantId>()

/** The database as one company sees it. */
export function forTenant(tenantId: TenantId): TenantDb {
  let client = clients.get(tenantId)
  if (!client) {
    client = new PrismaClient({
      adapter: new PrismaPg(poolBoundTo(tenantId)),
      transactionOptions: { maxWait: 15_000, timeout: 15_000 },
    })
    clients.set(tenantId, client)
    boundTo.set(client, tenantId)
  }
  return client
}

/**
 * One statement in a request's name. It runs as the company of the context's database, and the statement names the
 * company of the context: a context forged from two companies sees nothing of either.
 */
export function queryIn<Row extends pg.QueryResultRow>(
  ctx: { db: TenantDb },
  query: string | pg.QueryConfig,
  values?: unknown[],
): Promise<pg.QueryResult<Row>> {
  const tenantId = boundTo.get(ctx.db)
  if (!tenantId) throw new Error('a context holds a database that forTenant did not make')
  return queryAs<Row>(tenantId, query, values)
}

let systemClient: PrismaClient | undefined
let systemPoolShared: pg.Pool | undefined

export function systemPool(): pg.Pool {
  systemPoolShared ??= newPool(env('databaseSystemUrl'), 8)
  return systemPoolShared
}

/**
 * The database across companies. Only for sign-in, routing of provider accounts to a company, and sweeps of the
 * worker; each caller is named in ARCHITECTURE.md.
 */
export function systemDb(): PrismaClient {
  systemClient ??= new PrismaClient({ adapter: new PrismaPg(systemPool()) })
  return systemClient
}

/** Ends every connection; for a clean stop and for tests. */
export async function closeDatabase(): Promise<void> {
  clients.clear()
  const pools = [sharedPool, systemPoolShared]
  sharedPool = systemPoolShared = systemClient = undefined
  await Promise.all(pools.map((pool) => pool?.end()))
}

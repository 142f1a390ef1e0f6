import { forTenant, type TenantDb, type TenantId, type TenantTx } from './database'
import { DomainError } from './errors'
import { newId } from './ids'

export type Role = 'owner' | 'admin' | 'supervisor' | 'agent'

/** Who acts: every write knows. */
export type Actor =
  | {
      kind: 'member'
      memberId: string
      name: string
      role: Role
      teamIds: readonly string[]
      /** Which chats they may see: the role's right, or for an agent the company's setting. */
      sees: 'own' | 'teams' | 'all'
      /** Whether open chats with no team are theirs to see; true unless the company says otherwise. */
      seesTeamless: boolean
    }
  | { kind: 'customer' }
  | { kind: 'phone' }
  | { kind: 'bot' }
  | { kind: 'system'; name: string }

/** First argument of every command and query. */
export type TenantContext = {
  readonly tenantId: TenantId
  readonly db: TenantDb
  readonly actor: Actor
  /** The instant of the request; durations and rows of one command agree on it. */
  readonly now: Date
  /** Runs after the commit and never fails the caller: told by realtime, woken workers. */
  readonly afterCommit: (news: AfterCommit) => void
}

export type AfterCommit = () => Promise<void>

/** A context for the worker and for jobs, which act in the company's name. */
export function systemContext(
  tenantId: TenantId,
  actor: Actor,
  now: Date,
  afterCommit: TenantContext['afterCommit'],
): TenantContext {
  return { tenantId, db: forTenant(tenantId), actor, now, afterCommit }
}

export type Transaction = {
  readonly tenantId: TenantId
  readonly db: TenantTx
  readonly actor: Actor
  readonly now: Date
  /** Queued until the commit; dropped on rollback. */
  readonly afterCommit: (news: AfterCommit) => void
  readonly id: string
}

/** Two transactions that wait for each other: Postgres ends one of them, and it may simply be done again. */
const MAX_TRIES = 4

/**
 * One transaction per command, done again when the database ended it for a deadlock. What must be told goes into
 * `tx.afterCommit` and is handed on only when the commit succeeded.
 */
export async function inTransaction<Result>(
  ctx: TenantContext,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runOnce(ctx, work)
    } catch (error) {
      if (attempt === MAX_TRIES || !isDeadlock(error)) throw error
    }
  }
}

/** Prisma names it P2034; inside a raw statement the SQLSTATE 40P01 or 40001 is in its message. */
function isDeadlock(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return ('code' in error && error.code === 'P2034') || /\b(40P01|40001)\b/.test(error.message)
}

async function runOnce<Result>(
  ctx: TenantContext,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const news: AfterCommit[] = []
  const result = await ctx.db.$transaction((db) =>
    work({
      tenantId: ctx.tenantId,
      db,
      actor: ctx.actor,
      now: ctx.now,
      id: newId(),
      afterCommit: (item) => news.push(item),
    }),
  )
  for (const item of news) ctx.afterCommit(item)
  return result
}

/** The member behind a context; a command that only members may give asks for it. */
export function memberOf(ctx: { actor: Actor }): Extract<Actor, { kind: 'member' }> {
  if (ctx.actor.kind !== 'member') throw new DomainError('FORBIDDEN', 'membersOnly')
  return ctx.actor
}

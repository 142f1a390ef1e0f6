import type { TenantTx } from './database'

/**
 * Jobs by name. Whoever enqueues knows no handler; only the worker does. Payloads carry the company and ids, never
 * content (a letter is sealed). `key` makes a later call replace one that has not run yet.
 */
export type JobName = 'routing.offer' | 'auth.sendResetLink' | 'mail.send'

export async function enqueueJob(
  db: Pick<TenantTx, '$executeRaw'>,
  name: JobName,
  payload: Record<string, string>,
  options: { key?: string; runAt?: Date } = {},
): Promise<void> {
  await db.$executeRaw`SELECT enqueue_job(${name}, ${JSON.stringify(payload)}::json, ${options.key ?? null}, ${options.runAt ?? null})`
}

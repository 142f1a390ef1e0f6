import { createHash } from 'node:crypto'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { systemPool } from '@/server/kernel/database'
import { DomainError } from '@/server/kernel/errors'

/** How often, and within how many seconds. One office has one address, so an address may do more than an account. */
const LIMITS = {
  'sign-in-account': { points: 10, duration: 15 * 60 },
  'sign-in-address': { points: 50, duration: 15 * 60 },
  'sign-up-address': { points: 5, duration: 60 * 60 },
  'reset-address': { points: 5, duration: 60 * 60 },
  'reset-account': { points: 5, duration: 60 * 60 },
} as const

export type LimitName = keyof typeof LIMITS

const limiters = new Map<LimitName, RateLimiterPostgres>()

/** Shared by every site process through the table rate_limit. */
function limiterOf(name: LimitName): RateLimiterPostgres {
  let limiter = limiters.get(name)
  if (!limiter) {
    limiter = new RateLimiterPostgres({
      storeClient: systemPool(),
      storeType: 'pool',
      tableName: 'rate_limit',
      tableCreated: true,
      keyPrefix: name,
      ...LIMITS[name],
    })
    limiters.set(name, limiter)
  }
  return limiter
}

/** The table holds no addresses of people. */
const keyOf = (value: string) => createHash('sha256').update(value).digest('base64url')

/**
 * Counts one attempt. Counting comes before the work, so that attempts at the same moment cannot slip through.
 * @throws DomainError RATE_LIMITED
 */
export async function countAttempt(name: LimitName, value: string): Promise<void> {
  try {
    await limiterOf(name).consume(keyOf(value))
  } catch (error) {
    if (error instanceof RateLimiterRes) throw new DomainError('RATE_LIMITED', 'rateLimited')
    throw error
  }
}

/** Takes one attempt back: it was honest. */
export async function forgiveAttempt(name: LimitName, value: string): Promise<void> {
  await limiterOf(name).reward(keyOf(value))
}

/** Starts the count again. */
export async function forgiveAll(name: LimitName, value: string): Promise<void> {
  await limiterOf(name).delete(keyOf(value))
}

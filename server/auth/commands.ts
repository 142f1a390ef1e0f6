import { systemDb } from '@/server/kernel/database'
import { DomainError } from '@/server/kernel/errors'
import { newId } from '@/server/kernel/ids'
import { isPassword } from './passwords'
import { countAttempt, forgiveAll, forgiveAttempt } from './rate-limits'
import { describeDevice } from './rules'
import type { SignInInput } from './schema'
import type { SessionToken } from './session-token'

// As the system role throughout: a person signs in before any company is known.

/** @param caller network address and browser of the request. */
export type Caller = { address: string; userAgent: string }

/**
 * Opens a session for the right password.
 * @throws DomainError INVALID `wrongCredentials`, the same and as slow for an unknown address; RATE_LIMITED
 */
export async function signIn({ email, password }: SignInInput, caller: Caller): Promise<SessionToken> {
  await countAttempt('sign-in-address', caller.address)
  await countAttempt('sign-in-account', email)
  const user = await systemDb().user.findUnique({
    where: { email },
    select: { id: true, passwordHash: true },
  })
  if (!(await isPassword(user?.passwordHash ?? null, password)) || !user) {
    throw new DomainError('INVALID', 'wrongCredentials')
  }
  await Promise.all([forgiveAttempt('sign-in-address', caller.address), forgiveAll('sign-in-account', email)])
  return openSession(user.id, caller.userAgent)
}

/** One row per sign-in: the cookie carries its id, revoking it ends the cookie. */
export async function openSession(userId: string, userAgent: string): Promise<SessionToken> {
  const sessionId = newId()
  await systemDb().userSession.create({ data: { id: sessionId, userId, device: describeDevice(userAgent) } })
  return { userId, sessionId }
}

/** Ends a session everywhere at once. Twice is no error. */
export async function revokeSession({ sessionId, userId }: SessionToken): Promise<void> {
  await systemDb().userSession.updateMany({
    where: { id: sessionId, userId, revokedAt: null },
    data: { revokedAt: new Date() },
  })
}

import { createHash, randomBytes } from 'node:crypto'
import { systemDb } from '@/server/kernel/database'
import { env } from '@/server/kernel/env'
import { DomainError } from '@/server/kernel/errors'
import { log } from '@/server/kernel/log'
import { dropLetter } from './mailbox'
import { hashPassword } from './passwords'
import { countAttempt } from './rate-limits'
import { letterLocale, resetLetter } from './reset-letter'
import { whyNotPassword } from './rules'
import type { ResetInput } from './schema'

/** Long enough to walk to the mail program, short enough to forget. */
const LINK_MS = 60 * 60 * 1000

/** A link is a password for an hour: only its hash is stored. */
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

/**
 * Sends a link to choose a new password. Ends the same, and as soon, whether the address has an account or not: the
 * letter is written behind the answer.
 * @returns the work behind the answer; it never rejects.
 * @throws DomainError RATE_LIMITED per network address. Per account too many requests simply send no further letter:
 *   a refusal would tell that there is one.
 */
export async function requestReset(
  email: string,
  { address, now }: { address: string; now: Date },
): Promise<{ work: Promise<void> }> {
  await countAttempt('reset-address', address)
  const work = sendLink(email, now).catch((error: unknown) => {
    if (error instanceof DomainError) log.info({ reason: error.reason }, 'no reset letter sent')
    else log.error({ err: error }, 'reset letter not sent')
  })
  return { work }
}

async function sendLink(email: string, now: Date): Promise<void> {
  await countAttempt('reset-account', email)
  const user = await systemDb().user.findUnique({
    where: { email },
    select: { id: true, name: true, locale: true },
  })
  if (!user) return
  const token = randomBytes(32).toString('base64url')
  await systemDb().passwordReset.create({
    data: { tokenHash: hashOf(token), userId: user.id, expiresAt: new Date(now.getTime() + LINK_MS) },
  })
  const words = resetLetter[letterLocale(user.locale)]
  const link = `${env('publicUrl')}/reset?token=${token}`
  await dropLetter({ to: email, subject: words.subject, text: words.text(user.name, link), at: now })
}

/**
 * Sets the password that a link allows to set, once, and ends every open session of the person.
 * @returns whose it was.
 * @throws DomainError INVALID: `linkStale` for a link used, older than an hour or never given; the password's own reasons
 */
export async function resetPassword({ token, password }: ResetInput, now: Date): Promise<{ userId: string }> {
  const tokenHash = hashOf(token)
  const reset = await systemDb().passwordReset.findUnique({ where: { tokenHash } })
  const user = reset && (await systemDb().user.findUnique({ where: { id: reset.userId } }))
  if (!user) throw new DomainError('INVALID', 'linkStale')
  const refusal = whyNotPassword(password, [user.email, user.name])
  if (refusal) throw new DomainError('INVALID', refusal, { field: 'password' })

  const passwordHash = await hashPassword(password)
  await systemDb().$transaction(async (db) => {
    // Taken and checked in one statement: of two who use the link at once, one is refused.
    const { count } = await db.passwordReset.updateMany({
      where: { tokenHash, usedAt: null, expiresAt: { gt: now } },
      data: { usedAt: now },
    })
    if (count === 0) throw new DomainError('INVALID', 'linkStale')
    await db.user.update({ where: { id: user.id }, data: { passwordHash } })
    await db.userSession.updateMany({
      where: { userId: user.id, revokedAt: null },
      data: { revokedAt: now },
    })
    await db.passwordReset.updateMany({
      where: { userId: user.id, usedAt: null },
      data: { usedAt: now },
    })
  })
  return { userId: user.id }
}

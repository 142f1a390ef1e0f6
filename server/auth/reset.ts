import { createHash, randomBytes } from 'node:crypto'
import { systemDb } from '@/server/kernel/database'
import { env } from '@/server/kernel/env'
import { DomainError } from '@/server/kernel/errors'
import { enqueueJob } from '@/server/kernel/jobs'
import { log } from '@/server/kernel/log'
import { postLetter } from '@/server/mail/commands'
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
 * Asks for a link to choose a new password. Does and answers the same whether the address has an account or not: who it
 * belongs to is looked up in the worker, which also writes and sends the letter.
 * @throws DomainError RATE_LIMITED per network address. Per account too many requests simply send no further letter:
 *   a refusal would tell that there is one.
 */
export async function requestReset(email: string, { address }: { address: string }): Promise<void> {
  await countAttempt('reset-address', address)
  const isTooOften = await countAttempt('reset-account', email).then(
    () => false,
    (error: unknown) => {
      if (error instanceof DomainError) return true
      throw error
    },
  )
  if (isTooOften) log.info('no reset letter sent: asked too often')
  else await enqueueJob(systemDb(), 'auth.sendResetLink', { email })
}

/** The worker's part: makes the link and posts the letter, both or neither. An unknown address gets none. */
export async function sendResetLink(email: string, now: Date): Promise<void> {
  const user = await systemDb().user.findUnique({
    where: { email },
    select: { id: true, name: true, locale: true },
  })
  if (!user) return
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(now.getTime() + LINK_MS)
  const language = letterLocale(user.locale)
  const { subject, parts } = resetLetter[language]
  await systemDb().$transaction(async (db) => {
    await db.passwordReset.create({ data: { tokenHash: hashOf(token), userId: user.id, expiresAt } })
    await postLetter(db, {
      to: email,
      language,
      subject,
      parts: parts(user.name, `${env('publicUrl')}/reset?token=${token}`),
      writtenAt: now,
      uselessAfter: expiresAt,
    })
  })
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

import type { TenantTx } from '@/server/kernel/database'
import { newId } from '@/server/kernel/ids'
import { enqueueJob } from '@/server/kernel/jobs'
import { open, seal } from '@/server/kernel/secrets'
import { type LetterPart, writeBody } from './body'
import { type Letter, letterSchema } from './schema'

const SEAL_OWNER = 'mail'

export type NewLetter = {
  to: string
  /** Of the words: es, en or pt. */
  language: string
  subject: string
  parts: readonly LetterPart[]
  writtenAt: Date
  /** When it is not worth sending any more; left out, it always is. */
  uselessAfter?: Date
}

/**
 * Hands a letter to the worker, in the caller's transaction: it is sent when that commits, and again until a mail
 * server takes it. Nobody waits for a mail server here. It lies sealed in the queue, because letters carry links that
 * open doors.
 * @param db the transaction of a command, or the system's
 */
export async function postLetter(
  db: Pick<TenantTx, '$executeRaw'>,
  { language, parts, uselessAfter, ...letter }: NewLetter,
): Promise<void> {
  const whole: Letter = {
    ...letter,
    ...writeBody(language, parts),
    id: newId(),
    uselessAfter: uselessAfter ?? null,
  }
  await enqueueJob(db, 'mail.send', { letter: seal(JSON.stringify(whole), SEAL_OWNER).toString('base64') })
}

/** What postLetter sealed. @throws Error when it is of another installation or damaged */
export function openLetter(sealed: string): Letter {
  return letterSchema.parse(JSON.parse(open(Buffer.from(sealed, 'base64'), SEAL_OWNER).toString()))
}

import { openLetter } from '@/server/mail/commands'
import type { Letter } from '@/server/mail/schema'
import { queryAsOwner } from './database'

/** Letters to an address that the worker has still to send. */
export async function lettersTo(email: string): Promise<Letter[]> {
  const jobs = await queryAsOwner<{ letter: string }>(
    `SELECT j.payload->>'letter' AS letter FROM graphile_worker._private_jobs j
       JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE t.identifier = 'mail.send' ORDER BY j.id`,
  )
  return jobs.map(({ letter }) => openLetter(letter)).filter(({ to }) => to === email)
}

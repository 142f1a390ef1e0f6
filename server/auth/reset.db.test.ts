import { expect, test } from 'vitest'
import { lookUpAccess } from '@/server/access/membership'
import { newId } from '@/server/kernel/ids'
import { queryAsOwner } from '@/tests/support/database'
import { createCompany, PASSWORD } from '@/tests/support/factories'
import { lettersTo } from '@/tests/support/letters'
import { openSession, signIn } from './commands'
import { requestReset, resetPassword, sendResetLink } from './reset'

const NEW_PASSWORD = 'cinco loros en el balcón'
const NOW = new Date()

/** Asks, and does the worker's part. */
async function askForLink(email: string): Promise<string> {
  await requestReset(email, { address: newId() })
  for (const asked of await addressesAsked(email)) await sendResetLink(asked, NOW)
  return /reset\?token=([\w-]+)/.exec((await lettersTo(email)).at(-1)?.text ?? '')?.[1] ?? ''
}

async function addressesAsked(email: string): Promise<string[]> {
  const jobs = await queryAsOwner<{ email: string }>(
    `SELECT payload->>'email' AS email FROM graphile_worker._private_jobs WHERE payload->>'email' = $1`,
    [email],
  )
  return jobs.map((job) => job.email)
}

test('the link in the letter sets a new password once, and ends what was open', async () => {
  const { owner, slug } = await createCompany()
  const before = await openSession(owner.userId, '')
  const token = await askForLink(owner.email)

  await resetPassword({ token, password: NEW_PASSWORD }, NOW)
  expect(await lookUpAccess(before, slug)).toBeNull()
  const caller = { address: newId(), userAgent: '' }
  await expect(signIn({ email: owner.email, password: PASSWORD }, caller)).rejects.toMatchObject({
    reason: 'wrongCredentials',
  })
  expect(await signIn({ email: owner.email, password: NEW_PASSWORD }, caller)).toMatchObject({
    userId: owner.userId,
  })
  await expect(resetPassword({ token, password: NEW_PASSWORD }, NOW)).rejects.toMatchObject({
    reason: 'linkStale',
  })
})

test('of two who use a link at the same moment, one sets the password', async () => {
  const { owner } = await createCompany()
  const token = await askForLink(owner.email)
  const outcomes = await Promise.allSettled([
    resetPassword({ token, password: NEW_PASSWORD }, NOW),
    resetPassword({ token, password: NEW_PASSWORD }, NOW),
  ])
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('a link is stale after an hour, and one that was never given always', async () => {
  const { owner } = await createCompany()
  const token = await askForLink(owner.email)
  const later = new Date(NOW.getTime() + 61 * 60 * 1000)
  await expect(resetPassword({ token, password: NEW_PASSWORD }, later)).rejects.toMatchObject({
    reason: 'linkStale',
  })
  await expect(resetPassword({ token: 'x'.repeat(43), password: NEW_PASSWORD }, NOW)).rejects.toMatchObject({
    reason: 'linkStale',
  })
})

test('a password that will not do leaves the link good', async () => {
  const { owner } = await createCompany()
  const token = await askForLink(owner.email)
  await expect(resetPassword({ token, password: 'contraseña123' }, NOW)).rejects.toMatchObject({
    reason: 'passwordTrivial',
    field: 'password',
  })
  await resetPassword({ token, password: NEW_PASSWORD }, NOW)
})

test('an unknown address is answered alike, and no letter is written', async () => {
  const { owner } = await createCompany()
  await askForLink(owner.email)
  const email = `nobody-${newId()}@example.com`
  await askForLink(email)
  expect(await lettersTo(email)).toEqual([])
})

test('one network address asks five times an hour', async () => {
  const address = newId()
  const asks = Array.from({ length: 6 }, () => requestReset(`nobody-${newId()}@example.com`, { address }))
  const outcomes = await Promise.allSettled(asks)
  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1)
})

test('the request does the same for a known address, an unknown one and one asked for too often: it writes no letter', async () => {
  const { owner } = await createCompany()
  const unknown = `nobody-${newId()}@example.com`
  for (const email of [owner.email, unknown]) {
    for (let asked = 0; asked < 6; asked += 1) await requestReset(email, { address: newId() })
    expect(await addressesAsked(email)).toHaveLength(5)
    expect(await lettersTo(email)).toEqual([])
  }
})

test('the link lies in no table in clear', async () => {
  const { owner } = await createCompany()
  const token = await askForLink(owner.email)
  const rows = await queryAsOwner(
    `SELECT FROM graphile_worker._private_jobs WHERE position($1 in payload::text) > 0`,
    [token],
  )
  expect(rows).toHaveLength(0)
})

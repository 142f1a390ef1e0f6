import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lookUpAccess } from '@/server/access/membership'
import { env } from '@/server/kernel/env'
import { newId } from '@/server/kernel/ids'
import { createCompany, PASSWORD } from '@/tests/support/factories'
import { openSession, signIn } from './commands'
import { requestReset, resetPassword } from './reset'

const NEW_PASSWORD = 'cinco loros en el balcón'
const NOW = new Date()

async function lettersTo(email: string): Promise<string[]> {
  const folder = join(env('dataDir'), 'mailbox')
  const files = await readdir(folder)
  const letters = await Promise.all(
    files.filter((file) => file.endsWith('.eml')).map((file) => readFile(join(folder, file), 'utf8')),
  )
  return letters.filter((letter) => letter.includes(`To: <${email}>`))
}

async function askForLink(email: string): Promise<string> {
  await (await requestReset(email, { address: newId(), now: NOW })).work
  const letter = (await lettersTo(email)).at(-1) ?? ''
  const text = Buffer.from(letter.split('\r\n\r\n')[1] ?? '', 'base64').toString()
  return /reset\?token=([\w-]+)/.exec(text)?.[1] ?? ''
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
  await (await requestReset(email, { address: newId(), now: NOW })).work
  expect(await lettersTo(email)).toEqual([])
})

test('one network address asks five times an hour', async () => {
  const address = newId()
  const asks = Array.from({ length: 6 }, () =>
    requestReset(`nobody-${newId()}@example.com`, { address, now: NOW }),
  )
  const outcomes = await Promise.allSettled(asks)
  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1)
})

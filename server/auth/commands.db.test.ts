import { expect, test } from 'vitest'
import { lookUpAccess } from '@/server/access/membership'
import { systemDb, systemPool } from '@/server/kernel/database'
import { newId } from '@/server/kernel/ids'
import { createCompany, PASSWORD } from '@/tests/support/factories'
import { revokeSession, signIn } from './commands'
import { cookieName, readSessionToken, sealSessionToken } from './session-token'

const from = (address: string = newId()) => ({ address, userAgent: 'Mozilla/5.0 (X11; Linux) Firefox/140.0' })
const stranger = () => `nobody-${newId()}@example.com`

async function attempt(email: string, password: string, address?: string): Promise<string> {
  return signIn({ email, password }, from(address)).then(
    () => 'in',
    (error: { reason?: string }) => error.reason ?? 'fault',
  )
}

test('the right password opens a session that names its device', async () => {
  const { owner } = await createCompany()
  const token = await signIn({ email: owner.email, password: PASSWORD }, from())

  const row = await systemDb().userSession.findUniqueOrThrow({ where: { id: token.sessionId } })
  expect(row).toMatchObject({ userId: owner.userId, device: 'Firefox · Linux', revokedAt: null })
})

test('a wrong password and an unknown address are answered with the same words', async () => {
  const { owner } = await createCompany()
  expect(await attempt(owner.email, 'otra cosa cualquiera')).toBe('wrongCredentials')
  expect(await attempt(stranger(), PASSWORD)).toBe('wrongCredentials')
})

test('an unknown address is answered as slowly as a known one', async () => {
  const { owner } = await createCompany()
  await attempt(stranger(), PASSWORD)
  const timeOf = async (email: string) => {
    const times: number[] = []
    for (let round = 0; round < 5; round += 1) {
      const start = performance.now()
      await attempt(email, 'otra cosa cualquiera')
      times.push(performance.now() - start)
    }
    return Math.min(...times)
  }
  const [known, unknown] = [await timeOf(owner.email), await timeOf(stranger())]
  // Without the same work an unknown address answers in about a tenth of the time.
  expect(unknown).toBeGreaterThan(known / 3)
})

test('the eleventh wrong password in a quarter of an hour is not even looked at, nor is then the right one', async () => {
  const { owner } = await createCompany()
  for (let wrong = 1; wrong <= 10; wrong += 1) {
    expect(await attempt(owner.email, `clave número ${wrong}`)).toBe('wrongCredentials')
  }
  expect(await attempt(owner.email, PASSWORD)).toBe('rateLimited')
})

test('attempts at the same moment do not slip through together', async () => {
  const { owner } = await createCompany()
  const outcomes = await Promise.all(
    Array.from({ length: 30 }, (_, index) => attempt(owner.email, `clave número ${index}`)),
  )
  expect(outcomes.filter((outcome) => outcome === 'wrongCredentials')).toHaveLength(10)
})

test('a right password begins the count again, so that forgetful people get in', async () => {
  const { owner } = await createCompany()
  for (let round = 0; round < 2; round += 1) {
    for (let wrong = 1; wrong <= 9; wrong += 1) await attempt(owner.email, `clave número ${wrong}`)
    expect(await attempt(owner.email, PASSWORD)).toBe('in')
  }
})

test('one network address may be wrong fifty times, whomever it tries', async () => {
  const address = newId()
  const outcomes = await Promise.all(Array.from({ length: 52 }, () => attempt(stranger(), PASSWORD, address)))
  expect(outcomes.filter((outcome) => outcome === 'rateLimited')).toHaveLength(2)
})

test('the table of counters holds no address of anybody', async () => {
  const email = stranger()
  await attempt(email, PASSWORD)
  const { rows } = await systemPool().query('SELECT FROM rate_limit WHERE position($1 in key) > 0', [email])
  expect(rows).toHaveLength(0)
})

test('a revoked session is nobody from the next request on', async () => {
  const { owner, slug } = await createCompany()
  const token = await signIn({ email: owner.email, password: PASSWORD }, from())
  expect(await lookUpAccess(token, slug)).toMatchObject({ membership: { role: 'owner' } })

  await revokeSession(token)
  expect(await lookUpAccess(token, slug)).toBeNull()
})

test('the cookie is opened only as it was sealed', async () => {
  const token = { userId: newId(), sessionId: newId() }
  const sealed = await sealSessionToken(token)
  const cookie = (value: string) => `other=1; ${cookieName('session')}=${value}; last=2`

  expect(await readSessionToken(cookie(sealed))).toEqual(token)
  expect(await readSessionToken(cookie(`${sealed.slice(0, -2)}xx`))).toBeNull()
  expect(await readSessionToken(cookie('not a token'))).toBeNull()
  expect(await readSessionToken(null)).toBeNull()
})

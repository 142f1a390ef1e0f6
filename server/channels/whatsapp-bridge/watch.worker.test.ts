import { afterEach, expect, test } from 'vitest'
import { silenceLibsignal } from './silence-libsignal'
import { ANA, COMPANY, makeRig, type Rig } from './test-rig'

silenceLibsignal()

let rig: Rig
afterEach(() => rig.close())

const QUICK = { quietMs: 300, longestMs: 2_000, answerMs: 400 }

test('a link that is dead but looks open is found by a round trip, shown as silent, and healed by a new socket', async () => {
  rig = await makeRig()
  await (await rig.connected()).stop()
  rig.start({ probe: QUICK })
  await rig.state('connected', 2)
  rig.emulator.mute({ phone: COMPANY })
  await rig.state('silent')
  await rig.state('connected', 3)
  const after = rig.seen.states.slice(rig.seen.states.findIndex(({ state }) => state === 'silent'))
  expect(after.map(({ state }) => state)).toEqual(['silent', 'connected'])
  expect(after[0]).toMatchObject({ reason: 'no-echo' })
  expect(rig.seen.newSessions).toBe(0)
  await rig.emulator.say([{ to: COMPANY, from: ANA, text: '¿siguen ahí?' }])
  await rig.until('the message', () => rig.messages().some(({ id }) => id.length > 0))
})

test('a quiet link that answers is left alone, and nothing of the question is seen on the phone', async () => {
  rig = await makeRig()
  await (await rig.connected()).stop()
  rig.start({ probe: QUICK })
  await rig.state('connected', 2)
  await rig.emulator.wait({ what: 'event', name: 'peer-message' })
  expect(rig.seen.states.some(({ state }) => state === 'silent')).toBe(false)
  expect(rig.emulator.inbox({ customer: COMPANY })).toEqual([])
})

test('when a new socket is silent too, the whole session is asked to begin anew', async () => {
  rig = await makeRig()
  await (await rig.connected()).stop()
  rig.start({ probe: { ...QUICK, answerMs: 1 } })
  await rig.until('a new session is asked for', () => rig.seen.newSessions > 0)
  expect(rig.seen.states.filter(({ state }) => state === 'silent').length).toBeGreaterThan(0)
})

test('a refused first message says that new chats are locked, and until when', async () => {
  rig = await makeRig()
  const session = await rig.connected()
  await rig.until('the cap', () => rig.seen.caps.length > 0)
  expect(rig.seen.caps[0]).toMatchObject({ used: 12, total: 50, until: expect.any(Date) })
  rig.emulator.refuse({ phone: COMPANY, code: 463 })
  expect(await rig.send(session, 'hola', { phone: ANA })).toMatchObject({
    ok: false,
    code: '463',
    retryable: false,
  })
  await rig.until('the lock', () => rig.seen.restrictions.some((lock) => lock?.until instanceof Date))
})

test('a lock that is over is taken back with the next connection', async () => {
  rig = await makeRig()
  const session = await rig.connected()
  rig.emulator.refuse({ phone: COMPANY, code: 463 })
  await rig.send(session, 'hola', { phone: ANA })
  await rig.until('the lock', () => rig.seen.restrictions.some((lock) => lock !== null))
  rig.emulator.refuse({ phone: COMPANY, code: null })
  rig.emulator.drop({ phone: COMPANY })
  await rig.until('no lock', () => rig.seen.restrictions.at(-1) === null)
})

test('a number that another channel of the company has is refused, and taken off the phone again', async () => {
  rig = await makeRig()
  rig.seen.isAddressFree = false
  rig.start()
  await rig.until('a code', () => rig.shownCode() !== undefined)
  rig.scan()
  await rig.state('disconnected')
  expect(rig.seen.states.at(-1)).toMatchObject({ state: 'disconnected', reason: 'already-connected' })
  expect(rig.seen.states.some(({ state }) => state === 'connected')).toBe(false)
  expect(rig.seen.address).toBeNull()
  expect(await rig.rows()).toEqual([])
  await rig.emulator.wait({ what: 'offline', phone: COMPANY })
})

import { expect, test } from 'vitest'
import { CLEAN, decideNext, type Ending, type Memory } from './reconnect'

const login = (code: number | null, more: Partial<Ending> = {}): Ending => ({
  code,
  saidBy: 'server',
  wasLinked: true,
  wasScanned: false,
  wereCodesUsedUp: false,
  wasSteady: false,
  ...more,
})
const codes = (code: number | null, more: Partial<Ending> = {}) => login(code, { wasLinked: false, ...more })
const after = (memory: Partial<Memory>): Memory => ({ ...CLEAN, ...memory })

test.each([
  [
    'the restart after a scan comes at once',
    codes(515, { wasScanned: true }),
    CLEAN,
    'login',
    0,
    'connecting',
  ],
  [
    'a scan whose restart was lost is no failure',
    codes(428, { wasScanned: true }),
    CLEAN,
    'login',
    500,
    'connecting',
  ],
  ['a restart that the server asks for comes at once', login(515), CLEAN, 'login', 0, 'connecting'],
  [
    'a server that asks for it on and on has to wait',
    login(515),
    after({ failures: 3 }),
    'login',
    4_000,
    'connecting',
  ],
  ['a lost link comes back', login(408, { saidBy: 'network' }), CLEAN, 'login', 500, 'connecting'],
  ['a closed connection comes back', login(428, { saidBy: 'network' }), CLEAN, 'login', 500, 'connecting'],
  ['each failure in a row waits longer', login(503), after({ failures: 3 }), 'login', 4_000, 'connecting'],
  [
    'a steady link forgets earlier failures',
    login(503, { wasSteady: true }),
    after({ failures: 9 }),
    'login',
    500,
    'connecting',
  ],
  ['an unknown code is tried again', login(499), CLEAN, 'login', 500, 'connecting'],
  ['a session that WhatsApp calls bad is tried again', login(500), CLEAN, 'login', 500, 'connecting'],
  ['a number that is removed on the phone shows codes', login(401), CLEAN, 'pair', 0, 'logged-out'],
  ['a banned number stops', login(403), CLEAN, 'stop', null, 'banned'],
  ['a number that is banned for a time stops', login(402), CLEAN, 'stop', null, 'banned'],
  ['a number that is used elsewhere is not fought for', login(440), CLEAN, 'stop', null, 'replaced'],
  ['a phone without linked devices stops', login(411), CLEAN, 'stop', null, 'disconnected'],
  ['a refused version waits long', login(405), CLEAN, 'login', 900_000, 'version-refused'],
  [
    'a refused version waits long while codes are shown too',
    codes(405),
    CLEAN,
    'login',
    900_000,
    'version-refused',
  ],
  [
    'a lost link while codes are shown is a lost link',
    codes(408, { saidBy: 'network' }),
    CLEAN,
    'login',
    500,
    'connecting',
  ],
  ['a refusal while codes are shown forgets nothing', codes(401), CLEAN, 'login', 500, 'connecting'],
] as const)('%s', (_, ending, memory, what, afterMs, state) => {
  const next = decideNext(ending, memory, 0)
  expect([next.do, next.do === 'stop' ? null : next.afterMs, next.link?.state]).toEqual([
    what,
    afterMs,
    state,
  ])
})

test.each([401, 402, 403, 405, 411, 440])('a proxy that answers %i is no word of WhatsApp', (code) => {
  const next = decideNext(login(code, { saidBy: 'network' }), CLEAN, 0)
  expect(next).toMatchObject({ do: 'login', wipe: false, link: { state: 'connecting' } })
})

test('only a removed device loses its keys', () => {
  const wiped = [401, 402, 403, 405, 408, 411, 428, 440, 500, 503, 515].filter((code) => {
    const next = decideNext(login(code), after({ badSessions: 20, failures: 20 }), 0)
    return next.do !== 'stop' && next.wipe
  })
  expect(wiped).toEqual([401])
})

test('a session that stays bad asks for a scan, and its keys are tried again after the codes', () => {
  const bad = decideNext(login(500), after({ badSessions: 7, failures: 7 }), 0)
  expect(bad).toMatchObject({ do: 'pair', wipe: false, link: { state: 'scan', reason: 'bad-session' } })
  const round = decideNext(codes(408, { saidBy: 'network', wereCodesUsedUp: true }), bad.memory, 0)
  expect(round).toMatchObject({ do: 'login', wipe: false, link: null })
  expect(decideNext(login(500), round.memory, 0)).toMatchObject({ do: 'pair', wipe: false })
})

test('codes that nobody scans get rarer and end', () => {
  const pauses: number[] = []
  let memory = CLEAN
  for (let round = 1; round < 100; round++) {
    const next = decideNext(codes(408, { saidBy: 'network', wereCodesUsedUp: true }), memory, 0)
    if (next.do === 'stop') {
      expect(next.link).toEqual({ state: 'disconnected', reason: 'nobody-scanned' })
      break
    }
    pauses.push(next.afterMs)
    memory = next.memory
  }
  expect(pauses).toHaveLength(23)
  expect(pauses.slice(0, 5)).toEqual([2_000, 2_000, 2_000, 4_000, 8_000])
  expect(pauses.at(-1)).toBe(150_000)
})

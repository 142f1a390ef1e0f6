import { expect, test } from 'vitest'
import { countCrash, isCleanExit, restartDelay } from './backoff.mjs'

test('a child that keeps crashing is started less and less often, but never given up', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 100].map(restartDelay)).toEqual([
    500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000,
  ])
})

test('a crash after a healthy minute is the first of a new row', () => {
  expect(countCrash(5, 59_999)).toBe(6)
  expect(countCrash(5, 60_000)).toBe(1)
})

test.each([
  [0, null, true],
  [143, null, true],
  [null, 'SIGTERM', true],
  [1, null, false],
  [null, 'SIGKILL', false],
])('exit code %s, signal %s: clean %s', (code, signal, clean) => {
  expect(isCleanExit(code, signal)).toBe(clean)
})

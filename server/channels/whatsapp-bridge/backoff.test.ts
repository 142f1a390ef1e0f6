import { expect, test } from 'vitest'
import { nextDelay } from './backoff'

test.each([
  ['the first attempt follows within a second', 1, 0, 500],
  ['chance adds up to as much again', 1, 0.5, 750],
  ['each further attempt waits twice as long', 4, 0, 4_000],
  ['nobody waits longer than five minutes', 40, 0.999_999, 300_000],
  ['an attempt before the first is the first', 0, 0, 500],
])('%s', (_, attempt, seed, milliseconds) => expect(nextDelay(attempt, seed)).toBe(milliseconds))

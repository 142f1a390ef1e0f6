import { afterEach, expect, test } from 'vitest'
import { checkClock, now } from './clock'

const ahead = () => Math.round((now().getTime() - Date.now()) / 10) * 10

afterEach(() => checkClock(new Date(), Date.now(), Date.now()))

test('a clock that is a day slow is set by the database’s', () => {
  const own = Date.now()
  checkClock(new Date(own + 86_400_000), own, own + 2)
  expect(ahead()).toBe(86_400_000)
})

test('a clock that is right is left alone, however long the answer took', () => {
  const own = Date.now()
  checkClock(new Date(own + 3_900), own, own + 4_000)
  expect(ahead()).toBe(0)
})

test('a correction stays while answers allow it, and goes when they do not', () => {
  const own = Date.now()
  checkClock(new Date(own - 60_000), own, own)
  checkClock(new Date(own - 59_000), own, own + 2_000)
  expect(ahead()).toBe(-60_000)
  checkClock(new Date(own), own, own)
  expect(ahead()).toBe(0)
})

test('an answer that came at once sets right what a slow one had set roughly', () => {
  const own = Date.now()
  checkClock(new Date(own + 60_000), own, own + 800)
  expect(ahead()).toBe(59_600)
  checkClock(new Date(own + 60_000), own, own + 4)
  expect(ahead()).toBe(60_000)
})

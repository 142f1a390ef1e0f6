import { expect, test } from 'vitest'
import { oneAtATime } from './one-at-a-time'

/** A job whose runs end when they are told to. */
function heldJob() {
  const ends: (() => void)[] = []
  const run = oneAtATime(() => new Promise<void>((resolve) => void ends.push(resolve)))
  const end = () => {
    ends.at(-1)?.()
    return new Promise<void>((resolve) => setImmediate(resolve))
  }
  return { run, begun: () => ends.length, end }
}

test('a heal asked for during a sync runs once more after it, however often it was asked for', async () => {
  const job = heldJob()
  job.run()
  job.run()
  job.run()
  expect(job.begun()).toBe(1)
  await job.end()
  expect(job.begun()).toBe(2)
  await job.end()
  expect(job.begun()).toBe(2)
})

test('one that is asked for when nothing runs begins at once', async () => {
  const job = heldJob()
  job.run()
  await job.end()
  expect(job.begun()).toBe(1)
  job.run()
  expect(job.begun()).toBe(2)
})

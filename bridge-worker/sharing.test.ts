import { expect, test } from 'vitest'
import { type Shareable, shareOut } from './sharing'

const numbers = (count: number, isFree: boolean, kind = 'whatsapp-bridge', from = 0): Shareable[] =>
  Array.from({ length: count }, (_, n) => ({ id: `${kind}-${from + n}`, kind, isFree }))
const ids = (channels: readonly Shareable[]) => channels.map(({ id }) => id)

test('a worker alone takes every free channel', () => {
  const channels = numbers(5, true)
  expect(shareOut(channels, new Set(), 1)).toEqual({ take: ids(channels), giveBack: [] })
})

test('one that joins takes nothing that another holds', () => {
  expect(shareOut(numbers(10, false), new Set(), 2)).toEqual({ take: [], giveBack: [] })
})

test('one that holds all gives back what is above its share when another joins', () => {
  const channels = numbers(10, false)
  const { take, giveBack } = shareOut(channels, new Set(ids(channels)), 2)
  expect(take).toEqual([])
  expect(giveBack).toEqual(ids(channels.slice(5)))
})

test('of an odd number nobody gives back the last one', () => {
  const channels = numbers(5, false)
  expect(shareOut(channels, new Set(ids(channels.slice(0, 3))), 2).giveBack).toEqual([])
  expect(shareOut(channels, new Set(ids(channels.slice(3))), 2).giveBack).toEqual([])
})

test('what a dead worker leaves is taken up to the share', () => {
  const held = numbers(4, false)
  const left = numbers(4, true, 'whatsapp-bridge', 4)
  expect(shareOut([...held, ...left], new Set(ids(held)), 1).take).toEqual(ids(left))
  expect(shareOut([...held, ...left], new Set(ids(held)), 2).take).toEqual([])
})

test('each kind is shared for itself, for a simulator weighs nothing', () => {
  const channels = [...numbers(4, true), ...numbers(4, true, 'simulator')]
  expect(shareOut(channels, new Set(), 2).take).toEqual([
    'whatsapp-bridge-0',
    'whatsapp-bridge-1',
    'simulator-0',
    'simulator-1',
  ])
})

test.each([1, 2, 3, 4, 7])('%i workers can hold all channels together', (workers) => {
  for (let count = 0; count < 30; count += 1) {
    const share = shareOut(numbers(count, true), new Set(), workers).take.length
    expect(share * workers).toBeGreaterThanOrEqual(count)
  }
})

import { expect, test } from 'vitest'
import { createBatches } from './batches'

/** A server that is asked by hand: each batch waits until the test answers it. */
function askedByHand() {
  const asked: { key: string; items: readonly string[]; answer: () => void; refuse: () => void }[] = []
  const run = (key: string, items: readonly string[]) =>
    new Promise<string[]>((resolve, reject) => {
      asked.push({
        key,
        items,
        answer: () => resolve(items.map((item) => item.toUpperCase())),
        refuse: () => reject(new Error(`refused: ${items.join()}`)),
      })
    })
  const at = (index: number) => {
    const batch = asked[index]
    if (!batch) throw new Error(`batch ${index} was not asked for`)
    return batch
  }
  return { asked, at, run }
}

test('what is asked for alone leaves at once, and what comes meanwhile goes together', async () => {
  const { asked, at, run } = askedByHand()
  const ask = createBatches({ run, inFlight: 1, size: 10 })
  const answers = Promise.all([ask('t', 'a'), ask('t', 'b'), ask('t', 'c')])
  expect(asked.map((batch) => batch.items)).toEqual([['a']])
  at(0).answer()
  await expect.poll(() => asked.length).toBe(2)
  expect(at(1).items).toEqual(['b', 'c'])
  at(1).answer()
  expect(await answers).toEqual(['A', 'B', 'C'])
})

test('one key waits for nobody else, and no batch is larger than its size', async () => {
  const { asked, at, run } = askedByHand()
  const ask = createBatches({ run, inFlight: 1, size: 2 })
  const answers = Promise.all([
    ask('t', 'a'),
    ask('u', 'x'),
    ...['b', 'c', 'd'].map((item) => ask('t', item)),
  ])
  expect(asked.map((batch) => batch.key)).toEqual(['t', 'u'])
  at(0).answer()
  await expect.poll(() => asked.length).toBe(3)
  expect(at(2).items).toEqual(['b', 'c'])
  at(1).answer()
  at(2).answer()
  await expect.poll(() => asked.length).toBe(4)
  at(3).answer()
  expect(await answers).toEqual(['A', 'X', 'B', 'C', 'D'])
})

test('in a refused batch each is tried alone, so that only the one at fault is refused', async () => {
  const tried: string[] = []
  const ask = createBatches({
    inFlight: 1,
    size: 10,
    run: async (_key: string, items: readonly string[]) => {
      tried.push(items.join())
      if (items.includes('bad')) throw new Error('bad input')
      return items.map((item) => item.toUpperCase())
    },
  })
  const outcomes = await Promise.allSettled(['a', 'b', 'bad', 'c'].map((item) => ask('t', item)))
  expect(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : 'refused'))).toEqual([
    'A',
    'B',
    'refused',
    'C',
  ])
  expect(tried).toEqual(['a', 'b,bad,c', 'b', 'bad', 'c'])
})

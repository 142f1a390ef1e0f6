import { expect, test } from 'vitest'
import { playTimeline, type Step } from './timeline'

/** Steps that note when they begin and end, and take as long as they are told. */
function stage() {
  const log: string[] = []
  const step = (
    name: string,
    at: number,
    order: Step['order'],
    key: string | null = null,
    turns = 1,
  ): Step => ({
    at,
    key,
    order,
    run: async () => {
      log.push(`${name} begins`)
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
      log.push(`${name} ends`)
    },
  })
  return { log, step }
}

test('steps of one customer happen one after the other, whatever the order in which they are written', async () => {
  const { log, step } = stage()
  await playTimeline([step('second', 2, 'free', 'luz'), step('first', 1, 'free', 'luz', 20)])
  expect(log).toEqual(['first begins', 'first ends', 'second begins', 'second ends'])
})

test('customers who need nobody to be chosen do not wait for each other', async () => {
  const { log, step } = stage()
  await playTimeline([step('long', 1, 'free', 'luz', 20), step('short', 2, 'free', 'paz')])
  expect(log.indexOf('short ends')).toBeLessThan(log.indexOf('long ends'))
})

test('what changes the loads keeps its order among all customers', async () => {
  const { log, step } = stage()
  await playTimeline([step('first', 1, 'routing', 'luz', 20), step('second', 2, 'routing', 'paz')])
  expect(log.indexOf('first ends')).toBeLessThan(log.indexOf('second begins'))
})

test('an offer of the line sees all that came before and nothing that comes after', async () => {
  const { log, step } = stage()
  await playTimeline([
    step('before', 1, 'free', 'luz', 20),
    step('offer', 2, 'all', null, 20),
    step('after', 3, 'free', 'paz'),
  ])
  expect(log).toEqual([
    'before begins',
    'before ends',
    'offer begins',
    'offer ends',
    'after begins',
    'after ends',
  ])
})

test('a failure ends the play, and is what the caller hears', async () => {
  const { log, step } = stage()
  const broken: Step = { ...step('broken', 1, 'all'), run: () => Promise.reject(new Error('no database')) }
  await expect(playTimeline([broken, step('after', 2, 'free')])).rejects.toThrow('no database')
  expect(log).toEqual([])
})

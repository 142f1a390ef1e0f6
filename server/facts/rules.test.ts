import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BUCKET_COUNT, BUCKET_EDGES, bucketOf, percentile, responseFacts, sumBuckets } from './rules'

const counted = (seconds: readonly number[]) => {
  const buckets = Array.from({ length: BUCKET_COUNT }, () => 0)
  for (const value of seconds) buckets[bucketOf(value)] = (buckets[bucketOf(value)] ?? 0) + 1
  return buckets
}

describe('buckets', () => {
  test.each([
    ['an answer at once is in the first', 0, 0],
    ['a clock that ran back is in the first', -3, 0],
    ['an edge belongs to the bucket above it', 5, 1],
    ['just below a minute', 59.9, BUCKET_EDGES.indexOf(60)],
    ['a minute', 60, BUCKET_EDGES.indexOf(60) + 1],
    ['a month is in the last', 30 * 86_400, BUCKET_COUNT - 1],
  ])('%s', (_, seconds, place) => {
    expect(bucketOf(seconds)).toBe(place)
  })

  test('edges grow, and from 30 seconds on by a third at most', () => {
    BUCKET_EDGES.reduce((before, edge) => {
      expect(edge).toBeGreaterThan(before)
      if (before >= 30) expect(edge / before).toBeLessThanOrEqual(1.34)
      return edge
    })
  })

  test('the counts of days add up, also when an old row is shorter', () => {
    expect(sumBuckets([[1, 2], [3], []]).slice(0, 3)).toEqual([4, 2, 0])
    expect(sumBuckets([])).toHaveLength(BUCKET_COUNT)
  })
})

describe('percentiles', () => {
  test.each([
    ['nothing counted has no median', [], 0.5, null],
    ['one answer of 70 s reads as the middle of 60 to 75', [70], 0.5, 68],
    ['half at 10 s, half at an hour: the median is at the lower end', [12, 12, 3_500, 3_500], 0.5, 15],
    ['nine quick and one slow: p90 is quick', [...Array.from({ length: 9 }, () => 31), 4_000], 0.9, 40],
    ['what lies above the last edge reads as that edge', [2_000_000], 0.5, 604_800],
    ['p0 is the lower edge of the first', [70], 0, 60],
    ['p100 is the upper edge of the last', [70, 100], 1, 105],
  ])('%s', (_, seconds, p, value) => {
    expect(percentile(counted(seconds), p)).toBe(value)
  })

  test('a median read from counts lies within the bucket of the true one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 30, max: 600_000 }), { minLength: 1, maxLength: 200 }),
        (seconds) => {
          const sorted = seconds.toSorted((a, b) => a - b)
          const truth = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0
          const read = percentile(counted(seconds), 0.5) ?? 0
          expect(read / truth).toBeGreaterThan(0.74)
          expect(read / truth).toBeLessThan(1.35)
        },
      ),
    )
  })
})

describe('response time', () => {
  const at = (clock: string) => new Date(`2026-11-24T${clock}Z`)
  const minutes = (count: number) => count * 60

  test.each([
    [
      'the assignee is measured from the wait when the chat was already theirs',
      { answerAt: at('10:10'), waitingSince: at('10:00'), assignedAt: at('09:00'), authorIsAssignee: true },
      { seconds: minutes(10), waitSeconds: minutes(10) },
    ],
    [
      'the assignee is measured from the assignment when the customer waited before it',
      { answerAt: at('10:10'), waitingSince: at('10:00'), assignedAt: at('10:08'), authorIsAssignee: true },
      { seconds: minutes(2), waitSeconds: minutes(10) },
    ],
    [
      'a colleague who answers is measured from the wait, whenever it was assigned',
      { answerAt: at('10:10'), waitingSince: at('10:00'), assignedAt: at('10:08'), authorIsAssignee: false },
      { seconds: minutes(10), waitSeconds: minutes(10) },
    ],
    [
      'an answer to a chat of nobody is measured from the wait',
      { answerAt: at('10:10'), waitingSince: at('10:00'), assignedAt: null, authorIsAssignee: false },
      { seconds: minutes(10), waitSeconds: minutes(10) },
    ],
    [
      'an answer written before it was assigned counts no seconds, and the wait still does',
      { answerAt: at('10:05'), waitingSince: at('10:00'), assignedAt: at('10:08'), authorIsAssignee: true },
      { seconds: 0, waitSeconds: minutes(5) },
    ],
    [
      'an answer written before the wait it ends counts nothing',
      { answerAt: at('10:00'), waitingSince: at('10:00:01'), assignedAt: null, authorIsAssignee: false },
      { seconds: 0, waitSeconds: 0 },
    ],
  ])('%s', (_, answer, facts) => {
    expect(responseFacts(answer)).toMatchObject(facts)
  })

  test('a second message to somebody who does not wait ends no wait', () => {
    expect(
      responseFacts({
        answerAt: at('10:10'),
        waitingSince: null,
        assignedAt: at('09:00'),
        authorIsAssignee: true,
      }),
    ).toBeNull()
  })

  test('the spans say which instants were measured, for the business-hours twin', () => {
    expect(
      responseFacts({
        answerAt: at('10:10'),
        waitingSince: at('10:00'),
        assignedAt: at('10:08'),
        authorIsAssignee: true,
      }),
    ).toMatchObject({
      span: { from: at('10:08'), to: at('10:10') },
      wait: { from: at('10:00'), to: at('10:10') },
    })
  })
})

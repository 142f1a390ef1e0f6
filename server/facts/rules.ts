/**
 * Upper edges of the response-time buckets, in seconds; the last bucket has none. Neighbours are at most a third
 * apart, so a median or p90 read from the counts is off by a few per cent, and they end on round values that a chart
 * can show. Stored counts refer to these places: never change them, only append.
 */
export const BUCKET_EDGES = [
  5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 90, 105, 120, 150, 180, 210, 240, 270, 300, 360, 420, 480, 540, 600,
  720, 900, 1_080, 1_260, 1_500, 1_800, 2_100, 2_400, 2_700, 3_000, 3_600, 4_500, 5_400, 6_300, 7_200, 9_000,
  10_800, 12_600, 14_400, 18_000, 21_600, 25_200, 28_800, 36_000, 43_200, 54_000, 64_800, 86_400, 108_000,
  129_600, 172_800, 216_000, 259_200, 345_600, 432_000, 518_400, 604_800,
] as const

export const BUCKET_COUNT = BUCKET_EDGES.length + 1

/** The place of a duration: the first bucket whose upper edge is above it. @param seconds below 0 counts as 0. */
export function bucketOf(seconds: number): number {
  const place = BUCKET_EDGES.findIndex((edge) => seconds < edge)
  return place === -1 ? BUCKET_EDGES.length : place
}

/** Adds up the counts of several days or people. Missing places count as 0. */
export function sumBuckets(rows: readonly (readonly number[])[]): number[] {
  return Array.from({ length: BUCKET_COUNT }, (_, place) =>
    rows.reduce((sum, counts) => sum + (counts[place] ?? 0), 0),
  )
}

/**
 * Reads a percentile from counts, spreading each bucket evenly.
 * @param p between 0 and 1; 0.5 is the median.
 * @returns seconds, or null when nothing was counted. What lies above the last edge is answered with that edge.
 */
export function percentile(buckets: readonly number[], p: number): number | null {
  const total = buckets.reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  const wanted = p * total
  let below = 0
  for (const [place, count] of buckets.entries()) {
    if (count > 0 && below + count >= wanted) {
      const lower = BUCKET_EDGES[place - 1] ?? 0
      const upper = BUCKET_EDGES[place] ?? lower
      return Math.round(lower + (upper - lower) * ((wanted - below) / count))
    }
    below += count
  }
  return BUCKET_EDGES.at(-1) ?? null
}

export type Span = { from: Date; to: Date }

export type ResponseFacts = {
  /** Response time, credited to the answer's author. */
  seconds: number
  /** The customer's whole wait, never restarted by an assignment. */
  waitSeconds: number
  span: Span
  wait: Span
}

/**
 * What an answer counts as. The response time of the assignee begins when both the customer waited and the chat was
 * theirs; anybody else's begins with the customer's wait.
 * @param answerAt when the answer was written.
 * @returns null when nobody was waiting: then the answer ends no wait.
 */
export function responseFacts(answer: {
  answerAt: Date
  waitingSince: Date | null
  assignedAt: Date | null
  authorIsAssignee: boolean
}): ResponseFacts | null {
  const { answerAt, waitingSince, assignedAt, authorIsAssignee } = answer
  if (!waitingSince) return null
  const from = authorIsAssignee && assignedAt && assignedAt > waitingSince ? assignedAt : waitingSince
  const span = { from, to: answerAt }
  const wait = { from: waitingSince, to: answerAt }
  return { seconds: secondsOf(span), waitSeconds: secondsOf(wait), span, wait }
}

/** Whole seconds; never below 0, although an answer may have been written just before the wait it ends was recorded. */
const secondsOf = (span: Span) => Math.max(0, Math.round((span.to.getTime() - span.from.getTime()) / 1000))

const FIRST_MS = 1_000
const LONGEST_MS = 5 * 60_000

/**
 * How long to wait before the next attempt: doubles up to five minutes. The upper half is spread by chance, so that
 * all numbers of a worker do not come back in the same instant after an outage.
 * @param attempt 1 for the first attempt after a failure.
 * @param seed chance, from 0 up to but not including 1.
 * @returns milliseconds.
 */
export function nextDelay(attempt: number, seed: number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** (Math.max(1, attempt) - 1))
  return Math.round(longest / 2 + (longest / 2) * seed)
}

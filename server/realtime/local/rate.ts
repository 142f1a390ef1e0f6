/**
 * A token bucket: `burst` at once, then `perSecond` on average.
 * Returns a function that takes one token and says whether there was one; the clock is handed in (ms).
 */
export function createAllowance(burst: number, perSecond: number, now: () => number): () => boolean {
  let tokens = burst
  let filledAt = now()
  return () => {
    const at = now()
    tokens = Math.min(burst, tokens + ((at - filledAt) / 1000) * perSecond)
    filledAt = at
    if (tokens < 1) return false
    tokens -= 1
    return true
  }
}

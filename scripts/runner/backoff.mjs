const FIRST_MS = 500
/** Long enough not to burn a core on a hopeless child, short enough that a mended cause is picked up at once. */
const LONGEST_MS = 30_000
/** A child that lived this long was well: the next crash is a new story. */
const HEALTHY_AFTER_MS = 60_000

/** @param {number} crashes in a row, from 1 @returns {number} milliseconds to wait before the next start */
export function restartDelay(crashes) {
  return Math.min(FIRST_MS * 2 ** (crashes - 1), LONGEST_MS)
}

/** @param {number} crashes before this one @param {number} livedMs @returns {number} crashes in a row, this one included */
export function countCrash(crashes, livedMs) {
  return livedMs >= HEALTHY_AFTER_MS ? 1 : crashes + 1
}

/** Next.js ends with 143 (128 + SIGTERM) when it is asked to stop. */
export function isCleanExit(code, signal) {
  return code === 0 || code === 143 || code === 130 || signal === 'SIGTERM' || signal === 'SIGINT'
}

/**
 * The time by the database's clock. A worker checks it with each heartbeat, so that one whose own clock is wrong stores
 * the same times, and ids in the same order, as every other process.
 */
let aheadMs = 0

export const now = (): Date => new Date(Date.now() + aheadMs)

/** Both sides count whole milliseconds. More would show: a chat that changes its owner would be out of order by it. */
const TOLERATED_MS = 2

/**
 * Corrects the clock when the database's answer proves it wrong. An answer that took long proves little: the correction
 * stays as it is while it may be right.
 * @param databaseTime what the database said.
 * @param asked our own clock before the question, in milliseconds since 1970.
 * @param answered the same after the answer.
 */
export function checkClock(databaseTime: Date, asked: number, answered: number): void {
  const time = databaseTime.getTime()
  const isPossible = time >= asked + aheadMs - TOLERATED_MS && time <= answered + aheadMs + TOLERATED_MS
  if (!isPossible) aheadMs = Math.round(time - (asked + answered) / 2)
}

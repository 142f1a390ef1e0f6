/**
 * @typedef {{ name: string, passed: number, failed: number }} Count of one part of the suite
 */

/**
 * A part that ran nothing has proven nothing, and a runner that ended badly without naming a test failed somewhere.
 * @param {Count} count
 * @param {boolean} endedWell exit code 0
 * @returns {Count}
 */
export function judge(count, endedWell) {
  const nothingRan = count.passed + count.failed === 0
  const silentFailure = !endedWell && count.failed === 0
  return nothingRan || silentFailure ? { ...count, failed: count.failed + 1 } : count
}

/**
 * @param {{ numPassedTests: number, numFailedTests: number, testResults: { status: string, assertionResults: { status: string }[] }[] }}
 *   report of vitest's json reporter
 * @returns {{ passed: number, failed: number }} a file that could not even be loaded counts as one failure
 */
export function countVitest(report) {
  const unloadable = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloadable.length }
}

/**
 * @param {{ stats: { expected: number, unexpected: number, flaky: number }, errors: unknown[] }} report of playwright's json reporter
 * @returns {{ passed: number, failed: number }} a test that passed only when repeated is broken
 */
export function countPlaywright({ stats, errors }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length }
}

/** @param {Count[]} counts @returns {Count} their sums */
export function sumCounts(counts) {
  return {
    name: 'all',
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
  }
}

/** The last line of every test command. */
export const summaryLine = ({ passed, failed }) => `tests: ${passed} passed, ${failed} failed`

import { describe, expect, test } from 'vitest'
import { countPlaywright, countVitest, judge, sumCounts, summaryLine } from './counts.mjs'

describe('true counts', () => {
  test('a file that cannot be loaded is one failure', () => {
    const report = {
      numPassedTests: 2,
      numFailedTests: 1,
      testResults: [
        { status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'passed' }] },
        { status: 'failed', assertionResults: [{ status: 'failed' }] },
        { status: 'failed', assertionResults: [] },
      ],
    }
    expect(countVitest(report)).toEqual({ passed: 2, failed: 2 })
  })

  test('a browser test that passed only when repeated is a failure', () => {
    expect(countPlaywright({ stats: { expected: 3, unexpected: 1, flaky: 1 }, errors: [] })).toEqual({
      passed: 3,
      failed: 2,
    })
  })

  test('a part that ran nothing fails', () => {
    expect(judge({ name: 'db', passed: 0, failed: 0 }, true)).toEqual({ name: 'db', passed: 0, failed: 1 })
  })

  test('a bad end without a failed test is a failure', () => {
    expect(judge({ name: 'db', passed: 4, failed: 0 }, false).failed).toBe(1)
  })

  test('the last line carries the sums', () => {
    const total = sumCounts([
      { name: 'unit', passed: 3, failed: 0 },
      { name: 'db', passed: 2, failed: 1 },
    ])
    expect(summaryLine(total)).toBe('tests: 5 passed, 1 failed')
  })
})

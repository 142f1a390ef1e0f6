import { existsSync } from 'node:fs'
import { inProject } from '../start/project.mjs'
import { runShown } from './vitest.mjs'

const BENCH = 'tests/bench/main.ts'

/**
 * Runs the measurements against a database that waits for the disk, as in production.
 * @param {{ env: Record<string, string>, filters: string[], signal: AbortSignal }} run filters: passed on as arguments
 * @returns {Promise<import('./counts.mjs').Count>} failed when the program did not end well
 */
export async function runBench({ env, filters, signal }) {
  if (!existsSync(inProject(BENCH))) {
    console.error(`${BENCH} is not there.`)
    return { name: 'bench', passed: 0, failed: 1 }
  }
  const code = await runShown(['node_modules/tsx/dist/cli.mjs', BENCH, ...filters], { env, signal })
  return { name: 'bench', passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }
}

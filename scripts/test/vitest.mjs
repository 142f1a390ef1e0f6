import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inProject, projectRoot } from '../start/project.mjs'
import { countVitest, judge } from './counts.mjs'

/**
 * Runs one project of vitest.config.ts.
 * @param {string} project
 * @param {{ env: Record<string, string>, filters: string[], folder: string, signal: AbortSignal }} options
 *   filters: parts of paths, as vitest takes them; folder: for its report
 * @returns {Promise<import('./counts.mjs').Count>}
 */
export async function runVitest(project, { env, filters, folder, signal }) {
  const report = join(folder, `vitest-${project}.json`)
  const code = await runShown(
    ['node_modules/vitest/vitest.mjs', 'run', '--project', project]
      .concat(['--reporter=default', '--reporter=json', `--outputFile.json=${report}`])
      .concat(filters),
    { env, signal },
  )
  const counted = existsSync(report)
    ? countVitest(JSON.parse(readFileSync(report, 'utf8')))
    : { passed: 0, failed: 0 }
  return judge({ name: project, ...counted }, code === 0)
}

/** Runs a Node tool of the project with its output shown as it comes. @returns {Promise<number | null>} exit code */
export function runShown([tool, ...args], { env, signal }) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [inProject(tool), ...args], {
      cwd: projectRoot,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true })
    child.on('error', reject)
    child.on('close', (code) => resolve(code))
  })
}

import { existsSync } from 'node:fs'
import { runToEnd } from '../start/command.mjs'
import { formatSeconds } from '../start/progress.mjs'
import { inProject, projectRoot } from '../start/project.mjs'

const tool = (name, file, args, needs) => ({ name, args: [inProject(file), ...args], needs })

/** Each is one test: what it looks at is listed in its own configuration. */
const TOOLS = [
  tool('format and lint', 'node_modules/@biomejs/biome/bin/biome', ['check', '--error-on-warnings']),
  tool('types', 'node_modules/typescript/bin/tsc', ['--noEmit']),
  tool(
    'floors and owners',
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    ['--config', '.dependency-cruiser.cjs'].concat([
      'app',
      'server',
      'bridge-worker',
      'prisma/seed',
      'tests',
      'i18n',
      'proxy.ts',
    ]),
    '.dependency-cruiser.cjs',
  ),
  tool('unused code', 'node_modules/knip/bin/knip.js', ['--no-progress']),
  tool('files named in documents', 'scripts/check-docs.mjs', []),
]

/**
 * Runs the static checks: seconds, no database.
 * @returns {Promise<{ passed: number, failed: number }>} one per tool
 */
export async function runChecks() {
  await makeRouteTypes()
  const results = await Promise.all(TOOLS.filter(isPresent).map(runTool))
  for (const { ok, name, output, ms } of results) {
    console.log(`${ok ? '✓' : '✗'} ${name}  ${formatSeconds(ms)}`)
    if (!ok) console.log(`${output}\n`)
  }
  const passed = results.filter(({ ok }) => ok).length
  return { passed, failed: results.length - passed }
}

const isPresent = ({ needs }) => needs === undefined || existsSync(inProject(needs))

async function runTool({ name, args }) {
  const startedAt = Date.now()
  const { code, output } = await runToEnd(process.execPath, args, { cwd: projectRoot, keptLines: 400 })
  return { name, ok: code === 0, output, ms: Date.now() - startedAt }
}

/** The types of pages and routes, which tsc needs, without a build. */
async function makeRouteTypes() {
  if (!existsSync(inProject('app'))) return
  const { code, output } = await runToEnd(
    process.execPath,
    [inProject('node_modules/next/dist/bin/next'), 'typegen'],
    {
      cwd: projectRoot,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
    },
  )
  if (code !== 0) console.log(`next typegen failed; the types below may miss the routes.\n${output}\n`)
}

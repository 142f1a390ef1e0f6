import { killRunningCommands } from '../start/command.mjs'
import { printFailure } from '../start/failure.mjs'
import { installPackages } from '../start/install.mjs'
import { watchNpm } from '../start/parent.mjs'
import { formatSeconds, step } from '../start/progress.mjs'
import { judge, sumCounts, summaryLine } from './counts.mjs'
import { describeTestEnvironment, dropOwnSettings } from './environment.mjs'
import { makeTempFolder, removeTempFolder } from './temp-folder.mjs'

/** What a part needs beside the packages, and in which order the parts of `npm test` run. */
const PARTS = {
  check: {},
  unit: { vitest: true },
  db: { vitest: true, database: true },
  worker: { vitest: true, database: true },
  e2e: { browser: true, database: true },
  deep: { vitest: true, database: true },
  bench: { database: true, durable: true },
  screenshots: { browser: true, database: true },
}
const DEFAULT_PARTS = ['check', 'unit', 'db', 'worker', 'e2e']
/** These make something instead of proving something. */
const WITHOUT_COUNT = ['bench', 'screenshots']

/**
 * @param {string[]} args a part and filters, or nothing for all of `npm test`
 * @returns {Promise<number>} exit code
 */
export async function main([part, ...filters]) {
  if (part !== undefined && !(part in PARTS)) {
    console.error(`There is no part "${part}". Parts: ${Object.keys(PARTS).join(', ')}.`)
    return 2
  }
  const parts = part === undefined ? DEFAULT_PARTS : [part]
  const startedAt = Date.now()
  const run = openRun()
  const counts = []
  try {
    await prepareRun(run, parts)
    for (const name of parts) {
      if (!run.signal.aborted) counts.push(await runPart(run, name, filters))
    }
  } catch (error) {
    if (!run.signal.aborted) printFailure(error)
    counts.push({ name: 'preparation', passed: 0, failed: 1 })
  } finally {
    await run.close()
  }
  return report(parts, counts, run.signal.aborted, startedAt)
}

/** What this run opens, closed in reverse whatever happens, ctrl+C included. */
function openRun() {
  dropOwnSettings()
  const stop = new AbortController()
  const closers = []
  const interrupt = () => {
    stop.abort()
    killRunningCommands()
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, interrupt)
  watchNpm(interrupt)
  const folder = makeTempFolder('test')
  closers.push(() => removeTempFolder(folder))
  return {
    folder,
    env: describeTestEnvironment(folder),
    database: null,
    signal: stop.signal,
    onClose: (closer) => closers.push(closer),
    close: async () => {
      for (const closer of closers.reverse()) await closer()
    },
  }
}

async function prepareRun(run, parts) {
  await installPackages()
  const { generateClient } = await import('../generate-client.mjs')
  await generateClient()
  if (!parts.some((name) => PARTS[name].database)) return
  const { openTestDatabase } = await import('./database.mjs')
  const durable = parts.some((name) => PARTS[name].durable)
  run.database = await step('Test database', () =>
    openTestDatabase(process.env.TEST_DATABASE_URL || undefined, { durable }),
  )
  run.onClose(() => run.database.close())
}

/** @returns {Promise<import('./counts.mjs').Count>} */
async function runPart(run, name, filters) {
  console.log(`\n── ${name}`)
  const options = { ...run, env: { ...run.env, ...run.database?.env }, filters }
  if (PARTS[name].vitest) {
    const { runVitest } = await import('./vitest.mjs')
    return runVitest(name, options)
  }
  if (PARTS[name].browser) {
    const { runBrowserTests } = await import('./browser.mjs')
    return runBrowserTests(name, options)
  }
  if (name === 'bench') {
    const { runBench } = await import('./bench.mjs')
    return runBench(options)
  }
  const { runChecks } = await import('../check/run-checks.mjs')
  const { passed, failed } = await runChecks()
  return judge({ name, passed, failed }, failed === 0)
}

function report(parts, counts, interrupted, startedAt) {
  const total = sumCounts(counts)
  console.log('')
  if (parts.length > 1) {
    for (const { name, passed, failed } of counts)
      console.log(`${name.padEnd(12)} ${passed} passed, ${failed} failed`)
    console.log(`in ${formatSeconds(Date.now() - startedAt)}`)
  }
  if (interrupted) console.log('Interrupted before the end.')
  if (!WITHOUT_COUNT.includes(parts[0])) console.log(summaryLine(total))
  return total.failed > 0 || interrupted ? 1 : 0
}

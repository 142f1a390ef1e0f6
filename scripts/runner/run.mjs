import { openDatabase } from '../database/open-database.mjs'
import { killRunningCommands } from '../start/command.mjs'
import { describeEnvironment } from '../start/environment.mjs'
import { printFailure } from '../start/failure.mjs'
import { readInstallation } from '../start/installation.mjs'
import { formatSeconds } from '../start/progress.mjs'
import { forgetRunning, noteRunning, requireSoleCopy } from '../start/running-copy.mjs'
import { describeReady, readDemoLogins } from '../start/summary.mjs'
import { productCommands } from './commands.mjs'
import { createOutput } from './output.mjs'
import { freePort, requirePort } from './ports.mjs'
import { startStack } from './stack.mjs'
import { onStopRequest } from './stop-request.mjs'

/** Together with the children's grace: gone within five seconds. */
const DATABASE_GRACE_S = 2
const SAY_WAITING_EVERY_MS = 20_000

/**
 * @param {{ dev: boolean }} options
 * @returns {Promise<number>} exit code, once everything is stopped
 */
export async function run({ dev }) {
  const stop = onStopRequest()
  let database = null
  let stack = null
  let installation = null
  try {
    installation = readInstallation()
    requireSoleCopy(installation.dataFolder)
    await requirePort(installation.port, installation.host)
    noteRunning(installation.dataFolder, installation.port)
    database = await openDatabase(installation)
    if (stop.signal.aborted) return 0
    stack = await startProduct(installation, database, { dev })
    await announceWhenReady(stack, installation, stop.signal)
    await stop.requested
    return 0
  } catch (error) {
    printFailure(error)
    return 1
  } finally {
    await stopAll({ stack, database, installation })
  }
}

async function startProduct({ settings, mode, dataFolder }, { urls }, { dev }) {
  const sitePort = await freePort()
  const realtimePort = await freePort()
  const env = describeEnvironment({ settings, mode, dataFolder, urls, sitePort, realtimePort, dev })
  return startStack({ env, commands: productCommands(env, { dev }), ...createOutput() })
}

async function announceWhenReady(stack, { publicUrl, mode, settings }, signal) {
  const startedAt = Date.now()
  const timer = setInterval(() => {
    console.log(
      `  not ready after ${formatSeconds(Date.now() - startedAt)}; /api/health says: ${stack.lastHealth()}`,
    )
  }, SAY_WAITING_EVERY_MS)
  await stack.whenHealthy(signal)
  clearInterval(timer)
  if (signal.aborted) return
  console.log(describeReady({ publicUrl, mode, password: settings.DEMO_PASSWORD, logins: readDemoLogins() }))
}

async function stopAll({ stack, database, installation }) {
  console.log('\nStopping…')
  await stack?.stop()
  if (database?.embedded && process.env.KEEP_DATABASE !== '1') await database.embedded.stop(DATABASE_GRACE_S)
  killRunningCommands()
  if (installation) forgetRunning(installation.dataFolder)
  console.log('Stopped.')
}

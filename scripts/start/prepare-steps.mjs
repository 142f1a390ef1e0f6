import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { requirePort } from '../runner/ports.mjs'
import { buildWhenStale, needsBuild } from './build.mjs'
import { killRunningCommands } from './command.mjs'
import { requireDiskSpace } from './disk.mjs'
import { describeEnvironment, pickFor } from './environment.mjs'
import { printFailure } from './failure.mjs'
import { installPackages, needsInstall } from './install.mjs'
import { envFile, readInstallation } from './installation.mjs'
import { beganAsDemo } from './mode.mjs'
import { watchNpm } from './parent.mjs'
import { step } from './progress.mjs'
import { requireSoleCopy } from './running-copy.mjs'
import { writeMissingSecrets } from './secrets.mjs'
import { seedWhenEmpty } from './seed.mjs'

/**
 * @param {{ dev: boolean }} options
 * @returns {Promise<number>} exit code
 */
export async function prepare({ dev }) {
  let database = null
  let interrupted = false
  const interrupt = () => {
    interrupted = true
    killRunningCommands()
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, interrupt)
  watchNpm(interrupt)
  const go = () => {
    if (interrupted) throw new Error('interrupted')
  }
  try {
    const installation = readInstallation()
    await checkBeforehand(installation, { dev })
    await installPackages()
    go()
    const added = writeMissingSecrets(envFile, process.env)
    if (added.length > 0) console.log(`✓ Secrets of this installation written to ${envFile}`)
    // Read again: the secrets are there now.
    const ready = readInstallation()
    database = await prepareDatabase(ready)
    go()
    const { generateClient } = await import('../generate-client.mjs')
    await generateClient()
    go()
    if (ready.mode === 'demo') await seedWhenEmpty(environmentForTools(ready, database))
    go()
    if (!dev) await buildWhenStale()
    go()
    return 0
  } catch (error) {
    if (interrupted) console.error('\nInterrupted. The next start goes on from here.')
    else printFailure(error)
    await database?.embedded?.stop(3)
    return interrupted ? 130 : 1
  }
}

async function checkBeforehand({ port, host, dataFolder, movedData, embedded, mode }, { dev }) {
  requireSoleCopy(dataFolder)
  await requirePort(port, host)
  if (movedData)
    console.log(
      `  Data is kept in ${dataFolder}: the database does not run as root, and its user cannot reach the project.`,
    )
  if (mode === 'production' && embedded && beganAsDemo(dataFolder)) {
    console.warn(
      '! This data began as a demo: its demo logins still work. Remove them, or start with an empty DATA_DIR.',
    )
  }
  const install = needsInstall()
  const database = embedded && !existsSync(join(dataFolder, 'postgres'))
  requireDiskSpace(dataFolder, { install, database, build: !dev && (install || needsBuild()) })
}

/** Starts or finds it, makes logins, migrates. */
async function prepareDatabase(installation) {
  const { ensureLogins, openDatabase } = await import('../database/open-database.mjs')
  const { migrateDatabase } = await import('../database/prepare-database.mjs')
  const database = await step('Database', async (say) => {
    const opened = await openDatabase(installation)
    say(describeDatabase(opened))
    return opened
  })
  try {
    await step('Tables', async (say) => {
      await ensureLogins(database, installation)
      const count = await migrateDatabase(database.urls.owner, say)
      say(count === 0 ? 'up to date' : `${count} migration${count === 1 ? '' : 's'}`)
    })
    return database
  } catch (error) {
    await database.embedded?.stop(3)
    throw error
  }
}

function describeDatabase({ embedded }) {
  if (!embedded) return 'from DATABASE_URL'
  if (embedded.created) return 'created'
  return embedded.reused ? 'already running' : 'started'
}

/** The seed runs before the ports of the processes are known and needs none of them. */
function environmentForTools({ settings, mode, dataFolder }, { urls }) {
  return pickFor(
    'worker',
    describeEnvironment({ settings, mode, dataFolder, urls, sitePort: 0, realtimePort: 0 }),
  )
}

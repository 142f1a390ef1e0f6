import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runCommand } from './start/command.mjs'
import { printFailure } from './start/failure.mjs'
import { fingerprint, readRecord } from './start/fingerprint.mjs'
import { step } from './start/progress.mjs'
import { inProject, projectRoot } from './start/project.mjs'

const thisFile = fileURLToPath(import.meta.url)
const client = inProject('prisma', 'generated', 'client.ts')
const record = inProject('prisma', 'generated', '.ikono-schema-hash')

/**
 * Makes the Prisma client from prisma/schema when that changed.
 * Prisma insists on downloading its schema engine although generating does not use it; naming any existing file instead
 * keeps this offline. The variable is set for this command alone: with it, Prisma's migrate commands would do nothing
 * and report success.
 */
export async function generateClient() {
  const wanted = fingerprint(projectRoot, ['prisma/schema', 'prisma.config.ts', 'package-lock.json'])
  if (existsSync(client) && readRecord(record) === wanted) return
  await step('Database client', async () => {
    rmSync(record, { force: true })
    await runCommand(
      process.execPath,
      [inProject('node_modules', 'prisma', 'build', 'index.js'), 'generate'],
      {
        cwd: projectRoot,
        env: {
          ...process.env,
          PRISMA_SCHEMA_ENGINE_BINARY: thisFile,
          PRISMA_HIDE_UPDATE_MESSAGE: '1',
          CHECKPOINT_DISABLE: '1',
        },
        failure: 'The database client could not be generated from prisma/schema.',
      },
    )
    writeFileSync(record, wanted)
  })
}

if (process.argv[1] === thisFile) {
  try {
    await generateClient()
  } catch (error) {
    printFailure(error)
    process.exitCode = 1
  }
}

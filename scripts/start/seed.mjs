import { existsSync } from 'node:fs'
import { withClient } from '../database/connect.mjs'
import { runCommand } from './command.mjs'
import { step } from './progress.mjs'
import { inProject, projectRoot } from './project.mjs'

const seedProgram = inProject('prisma', 'seed', 'main.ts')

/**
 * Fills an empty database with the demo company.
 * @param {Record<string, string>} env as the worker gets it
 * @returns {Promise<boolean>} whether it ran
 */
export async function seedWhenEmpty(env) {
  if (!existsSync(seedProgram)) return false
  // Asked as system: under forced row security the owner always sees an empty table.
  const isEmpty = await withClient(env.DATABASE_SYSTEM_URL, async (system) => {
    const { rows } = await system.query('SELECT NOT EXISTS (SELECT FROM tenant) AS empty')
    return rows[0].empty
  })
  if (isEmpty) await step('Demo company', () => seed(env))
  return isEmpty
}

/** @param {Record<string, string>} env */
export async function seed(env) {
  await runCommand(process.execPath, [inProject('node_modules', 'tsx', 'dist', 'cli.mjs'), seedProgram], {
    cwd: projectRoot,
    env,
    failure: 'The demo company could not be written.',
    cure: 'The lines above say why. Remove the data folder to begin again.',
  })
}

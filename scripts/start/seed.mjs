import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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
  // A seed that was cut short leaves half a month behind: it is cleared away and written anew.
  const mark = join(env.DATA_DIR, 'seeding')
  if (existsSync(mark)) await step('Half-written demo company removed', () => clearCompanies(env))
  // Asked as system: under forced row security the owner always sees an empty table.
  const isEmpty = await withClient(env.DATABASE_SYSTEM_URL, async (system) => {
    const { rows } = await system.query('SELECT NOT EXISTS (SELECT FROM tenant) AS empty')
    return rows[0].empty
  })
  if (!isEmpty) return false
  writeFileSync(mark, '')
  await step('Demo company', (say) => seed(env, say))
  rmSync(mark)
  return true
}

/** Only for a database that this program itself was filling. */
async function clearCompanies(env) {
  await withClient(env.DATABASE_OWNER_URL, (owner) => owner.query('TRUNCATE tenant, "user" CASCADE'))
  await withClient(env.DATABASE_OWNER_URL, async (owner) => {
    const { rows } = await owner.query(
      `SELECT quote_ident(table_name) AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND column_name = 'tenantId'`,
    )
    await owner.query(`TRUNCATE ${rows.map((row) => row.name).join(', ')}`)
    // What was still to be done for a company that is gone.
    await owner.query(
      "SELECT graphile_worker.complete_jobs(coalesce(array_agg(id), '{}')) FROM graphile_worker.jobs",
    )
  })
}

/**
 * @param {Record<string, string>} env
 * @param {(words: string) => void} [say] hears how far it is
 */
export async function seed(env, say) {
  await runCommand(process.execPath, [inProject('node_modules', 'tsx', 'dist', 'cli.mjs'), seedProgram], {
    cwd: projectRoot,
    env,
    tied: true,
    failure: 'The demo company could not be written.',
    cure: 'The lines above say why. The next start writes it anew.',
    onLine: (line) => line.startsWith('chats:') && say?.(line),
  })
}

import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartFailure } from '../start/failure.mjs'

/** The number that `prisma migrate deploy` locks with (a string of its engine), so that the two never run at once. */
const MIGRATE_LOCK = 72_707_369
const LOCK_WAIT = '60s'

/** The table as the Prisma engine itself creates it. */
const CREATE_RECORD = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`

/**
 * @typedef {{ name: string, sql: string, checksum: string }} Migration
 * @typedef {{ name: string, checksum: string, finished: boolean }} Recorded not counting rolled back ones
 */

/** @param {string} folder prisma/migrations @returns {Migration[]} in order of their names */
function readMigrations(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'migration.sql')))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'))
      return { name, sql: sql.toString('utf8'), checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

/**
 * What has to run, or why nothing may.
 * @param {Migration[]} migrations
 * @param {Recorded[]} recorded
 * @returns {Migration[]} the pending ones in order
 * @throws {StartFailure} when an earlier one failed or was changed after it had run
 */
export function choosePending(migrations, recorded) {
  const failed = recorded.find((row) => !row.finished)
  if (failed) {
    throw new StartFailure(
      `The migration ${failed.name} failed earlier and the database waits for a decision.`,
      `Its error is in the table _prisma_migrations. Nothing of it was kept (each file is one transaction): mend the cause, then UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = '${failed.name}' AND finished_at IS NULL; and run the command again.`,
    )
  }
  const applied = new Map(recorded.map((row) => [row.name, row.checksum]))
  const changed = migrations.find(({ name, checksum }) => applied.has(name) && applied.get(name) !== checksum)
  if (changed) {
    throw new StartFailure(
      `The migration ${changed.name} was changed after it had been applied to this database.`,
      'Bring the file back as it was and put the change into a new migration; a demo database may simply be removed (DATA_DIR/postgres).',
    )
  }
  return migrations.filter(({ name }) => !applied.has(name))
}

/**
 * Applies what is missing, so that `prisma migrate status` and `deploy` agree with the result.
 * @param {import('pg').Client} owner connected as the owner
 * @param {string} folder prisma/migrations
 * @param {(name: string) => void} [onMigration]
 * @returns {Promise<number>} how many ran
 */
export async function migrate(owner, folder, onMigration = () => undefined) {
  await lockMigrations(owner)
  try {
    await owner.query(CREATE_RECORD)
    const { rows } = await owner.query(
      `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
         FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
    )
    const pending = choosePending(readMigrations(folder), rows)
    for (const migration of pending) {
      onMigration(migration.name)
      await applyMigration(owner, migration)
    }
    return pending.length
  } finally {
    await owner.query('SELECT pg_advisory_unlock($1)', [MIGRATE_LOCK])
  }
}

async function lockMigrations(owner) {
  await owner.query(`SET lock_timeout = '${LOCK_WAIT}'`)
  try {
    await owner.query('SELECT pg_advisory_lock($1)', [MIGRATE_LOCK])
  } catch (error) {
    // 55P03: lock_not_available
    if (error.code !== '55P03') throw error
    throw new StartFailure(
      'Another process has been migrating this database for a minute.',
      'Wait for it, or end it, and run the command again.',
    )
  }
  await owner.query('SET lock_timeout = 0')
}

async function applyMigration(owner, { name, sql, checksum }) {
  const id = randomUUID()
  await owner.query('INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)', [
    id,
    checksum,
    name,
  ])
  try {
    // One simple query: the server runs the file as one transaction, and $$ bodies need no splitting.
    await owner.query(sql)
  } catch (error) {
    await recordFailure(owner, id, error)
    throw new StartFailure(
      `The migration ${name} failed: ${error.message}`,
      'The database is as it was before this file. The error is also in the table _prisma_migrations.',
      { details: pointAt(sql, error.position), cause: error },
    )
  }
  await owner.query('RESET ALL')
  await owner.query('RESET ROLE')
  await owner.query(
    'UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = $1',
    [id],
  )
}

async function recordFailure(owner, id, error) {
  // A file that opened its own transaction would leave it broken here.
  await owner.query('ROLLBACK')
  await owner.query('RESET ALL')
  await owner.query('RESET ROLE')
  await owner.query('UPDATE _prisma_migrations SET logs = $2 WHERE id = $1', [
    id,
    `${error.message}\n${error.detail ?? ''}`,
  ])
}

/** @returns {string} the line of the file that the server complained about */
function pointAt(sql, position) {
  if (!position) return ''
  const before = sql.slice(0, Number(position) - 1)
  const line = before.split('\n').length
  return `line ${line}: ${sql.split('\n')[line - 1]}`
}

import { inProject } from '../start/project.mjs'
import { withClient } from './connect.mjs'
import { migrate } from './migrate.mjs'

const migrationsFolder = inProject('prisma', 'migrations')

/**
 * Our migrations, then graphile-worker's own schema, all as the owner.
 * @param {string} ownerUrl
 * @param {(name: string) => void} [onMigration]
 * @returns {Promise<number>} how many of ours ran
 */
export async function migrateDatabase(ownerUrl, onMigration) {
  const count = await withClient(ownerUrl, (owner) => migrate(owner, migrationsFolder, onMigration))
  const { Logger, runMigrations } = await import('graphile-worker')
  await runMigrations({
    connectionString: ownerUrl,
    schema: 'graphile_worker',
    logger: new Logger(() => (level, message) => {
      if (level === 'error' || level === 'warning') console.error(message)
    }),
  })
  return count
}

/**
 * The owner's login and its database on our own server; the superuser makes them and is not used for anything else.
 * @param {import('pg').Client} superuser
 * @param {{ owner: string, password: string, database?: string }} input
 */
export async function ensureOwner(superuser, { owner, password, database }) {
  const name = superuser.escapeIdentifier(owner)
  const { rowCount: hasRole } = await superuser.query('SELECT FROM pg_roles WHERE rolname = $1', [owner])
  if (!hasRole)
    await superuser.query(`CREATE ROLE ${name} LOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT CREATEDB CREATEROLE`)
  await superuser.query(`ALTER ROLE ${name} PASSWORD ${superuser.escapeLiteral(password)}`)
  if (!database) return
  const { rowCount: hasDatabase } = await superuser.query('SELECT FROM pg_database WHERE datname = $1', [
    database,
  ])
  if (!hasDatabase)
    await superuser.query(`CREATE DATABASE ${superuser.escapeIdentifier(database)} OWNER ${name}`)
}

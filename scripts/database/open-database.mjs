import { StartFailure } from '../start/failure.mjs'
import { markAsDemo } from '../start/mode.mjs'
import { databaseOf, withClient, withReachable, withUrlParts } from './connect.mjs'
import { openEmbedded } from './embedded.mjs'
import { ensureOwner } from './prepare-database.mjs'
import { ensureRoles, loginNames, requireMembership } from './roles.mjs'

const OWNER = 'ikono_owner'
const DATABASE = 'ikono'
const OLDEST_SERVER = 150_000

/**
 * @typedef {{ urls: { owner: string, app: string, system: string }, embedded: import('./embedded.mjs').EmbeddedServer | null }} Database
 */

/**
 * The database of this installation: the operator's, or our own server, started when it does not run.
 * @param {import('../start/installation.mjs').Installation} installation
 * @returns {Promise<Database>}
 */
export async function openDatabase({ settings, embedded, dataFolder, mode }) {
  const server = embedded ? await openEmbedded(dataFolder) : null
  if (server?.created && mode === 'demo') markAsDemo(dataFolder)
  const owner = server
    ? withUrlParts(server.adminUrl, {
        user: OWNER,
        password: settings.DATABASE_OWNER_PASSWORD,
        database: DATABASE,
      })
    : settings.DATABASE_URL
  const logins = URL.canParse(owner) ? loginNames(databaseOf(owner)) : { app: '', system: '' }
  const derive = (user, password) => (URL.canParse(owner) ? withUrlParts(owner, { user, password }) : '')
  return {
    embedded: server,
    urls: {
      owner,
      app: settings.DATABASE_APP_URL || derive(logins.app, settings.DATABASE_APP_PASSWORD),
      system: settings.DATABASE_SYSTEM_URL || derive(logins.system, settings.DATABASE_SYSTEM_PASSWORD),
    },
  }
}

/**
 * Brings the owner, the roles and their passwords in line with the settings.
 * @param {Database} database
 * @param {import('../start/installation.mjs').Installation} installation
 */
export async function ensureLogins({ urls, embedded }, { settings }) {
  if (embedded) {
    const owner = { owner: OWNER, password: settings.DATABASE_OWNER_PASSWORD, database: DATABASE }
    await withClient(embedded.adminUrl, (superuser) => ensureOwner(superuser, owner))
  }
  await withReachable('DATABASE_URL', urls.owner, async (owner) => {
    await requireVersion(owner)
    // Logins made by an administrator are checked below instead.
    if (settings.DATABASE_APP_URL && settings.DATABASE_SYSTEM_URL) return
    await ensureRoles(owner, {
      database: databaseOf(urls.owner),
      appPassword: settings.DATABASE_APP_PASSWORD,
      systemPassword: settings.DATABASE_SYSTEM_PASSWORD,
    })
  })
  await withReachable('DATABASE_APP_URL', urls.app, (app) =>
    requireMembership(app, 'ikono_app', 'DATABASE_APP_URL'),
  )
  await withReachable('DATABASE_SYSTEM_URL', urls.system, (system) =>
    requireMembership(system, 'ikono_system', 'DATABASE_SYSTEM_URL'),
  )
}

async function requireVersion(owner) {
  const { rows } = await owner.query(
    `SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version`,
  )
  if (rows[0].number >= OLDEST_SERVER) return
  throw new StartFailure(
    `The database server is PostgreSQL ${rows[0].version}.`,
    'Use PostgreSQL 15 or newer.',
  )
}

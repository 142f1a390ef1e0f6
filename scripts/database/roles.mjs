import { StartFailure } from '../start/failure.mjs'

/** The two rights that policies and grants of the migrations name; nobody signs in as them. */
const GROUPS = ['ikono_app', 'ikono_system']
/** Our own number: two starts at once must not change the same role at the same moment. */
const ROLES_LOCK = 72_707_370

/**
 * The names of a database's two logins. With the ending they differ from the groups whatever the database is called.
 * @param {string} database
 * @returns {{ app: string, system: string }}
 */
export function loginNames(database) {
  return { app: `${database}_app_login`, system: `${database}_system_login` }
}

/**
 * Makes the group roles and this database's two logins when missing, sets their passwords, and lets only them and the
 * owner connect.
 * @param {import('pg').Client} owner connected to that database as its owner
 * @param {{ database: string, appPassword: string, systemPassword: string, logins?: { app: string, system: string } }} input
 *   logins: other names than loginNames(database)
 * @throws {StartFailure} when the owner may not create roles and they are not there
 */
export async function ensureRoles(owner, { database, appPassword, systemPassword, logins }) {
  const names = logins ?? loginNames(database)
  await owner.query('SELECT pg_advisory_lock($1)', [ROLES_LOCK])
  try {
    for (const group of GROUPS) await ensureRole(owner, group, 'NOLOGIN')
    await ensureLogin(owner, names.app, 'ikono_app', appPassword)
    await ensureLogin(owner, names.system, 'ikono_system', systemPassword)
    for (const group of GROUPS) await letOwnerBecome(owner, group)
    await closeDatabase(owner, database, [names.app, names.system])
  } catch (error) {
    // 42501: insufficient_privilege
    if (error.code !== '42501') throw error
    throw new StartFailure(
      `The login in DATABASE_URL may not create the roles that keep companies apart (${error.message}).`,
      `Give it that right (ALTER ROLE ${await currentUser(owner)} CREATEROLE), or let an administrator create the logins and set DATABASE_APP_URL and DATABASE_SYSTEM_URL (see .env.example).`,
      { cause: error },
    )
  } finally {
    await owner.query('SELECT pg_advisory_unlock($1)', [ROLES_LOCK])
  }
}

/**
 * For logins that an administrator made: checks what ensureRoles would have given.
 * @param {import('pg').Client} client connected as that login
 * @param {'ikono_app' | 'ikono_system'} group
 * @param {string} variable named in the sentence
 */
export async function requireMembership(client, group, variable) {
  const { rows } = await client.query(
    `SELECT rolname, rolsuper, rolbypassrls, EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AND pg_has_role($1, 'USAGE') AS member
       FROM pg_roles WHERE rolname = current_user`,
    [group],
  )
  const [role] = rows
  if (role.rolsuper || role.rolbypassrls) {
    throw new StartFailure(
      `${variable} names ${role.rolname}, which no row rule holds back.`,
      'Use a login with NOSUPERUSER NOBYPASSRLS.',
    )
  }
  if (!role.member) {
    throw new StartFailure(
      `${variable} names ${role.rolname}, which is no member of ${group}.`,
      `GRANT ${group} TO ${role.rolname};`,
    )
  }
}

async function ensureRole(owner, name, options) {
  const { rowCount } = await owner.query('SELECT FROM pg_roles WHERE rolname = $1', [name])
  if (rowCount === 0)
    await owner.query(`CREATE ROLE ${owner.escapeIdentifier(name)} ${options} NOCREATEDB NOCREATEROLE`)
  return rowCount === 0
}

async function ensureLogin(owner, name, group, password) {
  await ensureRole(owner, name, 'LOGIN INHERIT')
  await owner.query(
    `ALTER ROLE ${owner.escapeIdentifier(name)} LOGIN PASSWORD ${owner.escapeLiteral(password)}`,
  )
  const { rows } = await owner.query(`SELECT pg_has_role($1, $2, 'MEMBER') AS member`, [name, group])
  if (!rows[0].member) await owner.query(`GRANT ${group} TO ${owner.escapeIdentifier(name)}`)
}

/** Migrations run data steps as the system role and hand functions over to it; the owner must not *inherit* its sight. */
async function letOwnerBecome(owner, group) {
  const { rows } = await owner.query(`SELECT current_setting('server_version_num')::int AS version`)
  if (rows[0].version < 160_000) {
    const { rows: have } = await owner.query(`SELECT pg_has_role(current_user, $1, 'MEMBER') AS member`, [
      group,
    ])
    if (!have[0].member) await owner.query(`GRANT ${group} TO CURRENT_USER`)
    return
  }
  const { rows: have } = await owner.query(`SELECT pg_has_role(current_user, $1, 'SET') AS may_set`, [group])
  if (!have[0].may_set) await owner.query(`GRANT ${group} TO CURRENT_USER WITH INHERIT FALSE, SET TRUE`)
}

async function closeDatabase(owner, database, logins) {
  const name = owner.escapeIdentifier(database)
  await owner.query(`REVOKE CONNECT ON DATABASE ${name} FROM PUBLIC`)
  for (const login of [await currentUser(owner), ...logins]) {
    await owner.query(`GRANT CONNECT ON DATABASE ${name} TO ${owner.escapeIdentifier(login)}`)
  }
}

async function currentUser(client) {
  const { rows } = await client.query('SELECT current_user AS name')
  return rows[0].name
}

import { randomBytes } from 'node:crypto'
import { withClient, withReachable, withUrlParts } from '../database/connect.mjs'
import { openEmbedded } from '../database/embedded.mjs'
import { ensureOwner, migrateDatabase } from '../database/prepare-database.mjs'
import { ensureRoles, loginNames } from '../database/roles.mjs'
import { makeTempFolder, removeTempFolder } from './temp-folder.mjs'

const OWNER = 'ikono_owner'

/**
 * @typedef {{ env: Record<string, string>, createCopy: (name: string) => Promise<Record<'owner' | 'app' | 'system', string>>,
 *   close: () => Promise<void> }} TestDatabase createCopy: a further copy of the template, as URLs by role
 */

/**
 * A server of this run (or the one of TEST_DATABASE_URL), migrated once into a template, with one fresh copy.
 * @param {string | undefined} givenUrl TEST_DATABASE_URL: an owner that may create databases and roles
 * @param {{ durable?: boolean }} [options] durable: commits wait for the disk, as measurements need
 * @returns {Promise<TestDatabase>}
 */
export async function openTestDatabase(givenUrl, { durable = false } = {}) {
  const server = givenUrl ? takeGivenServer(givenUrl) : await startOwnServer(durable)
  const template = `ikono_test_template${server.suffix}`
  const made = [template]
  const close = async () => {
    await server.leave(made)
    await server.close()
  }
  try {
    const urls = await makeTemplate(server, template)
    const createCopy = async (name) => {
      made.push(name)
      await replaceDatabase(server.adminUrl, name, template)
      return mapValues(urls, (url) => withUrlParts(url, { database: name }))
    }
    const fresh = await createCopy(`ikono_test${server.suffix}`)
    return { env: describeForTests(server.adminUrl, template, fresh), createCopy, close }
  } catch (error) {
    await close()
    throw error
  }
}

function describeForTests(adminUrl, template, fresh) {
  return {
    TEST_DATABASE_ADMIN_URL: adminUrl,
    TEST_DATABASE_TEMPLATE: template,
    TEST_DATABASE_OWNER_URL: fresh.owner,
    TEST_DATABASE_APP_URL: fresh.app,
    TEST_DATABASE_SYSTEM_URL: fresh.system,
  }
}

/** Others may test on the same server at the same time, so the names carry this run's number and are removed after. */
function takeGivenServer(adminUrl) {
  return {
    adminUrl,
    suffix: `_${process.pid}`,
    leave: (databases) =>
      withClient(adminUrl, async (admin) => {
        for (const name of databases)
          await admin.query(`DROP DATABASE IF EXISTS ${admin.escapeIdentifier(name)} WITH (FORCE)`)
        for (const name of Object.values(loginNames(`ikono_test_${process.pid}`)))
          await admin.query(`DROP ROLE IF EXISTS ${name}`)
      }),
    close: async () => undefined,
  }
}

async function startOwnServer(durable) {
  const folder = makeTempFolder('test-database')
  try {
    const server = await openEmbedded(folder, { throwAway: !durable })
    const password = randomBytes(12).toString('hex')
    await withClient(server.adminUrl, (superuser) => ensureOwner(superuser, { owner: OWNER, password }))
    return {
      adminUrl: withUrlParts(server.adminUrl, { user: OWNER, password }),
      suffix: '',
      leave: async () => undefined,
      close: async () => {
        await server.stop(2)
        removeTempFolder(folder)
      },
    }
  } catch (error) {
    removeTempFolder(folder)
    throw error
  }
}

/** @returns {Promise<Record<'owner' | 'app' | 'system', string>>} its URLs by role */
async function makeTemplate({ adminUrl, suffix }, template) {
  await withReachable('TEST_DATABASE_URL', adminUrl, () => replaceDatabase(adminUrl, template))
  const owner = withUrlParts(adminUrl, { database: template })
  const logins = loginNames(`ikono_test${suffix}`)
  const passwords = {
    appPassword: randomBytes(12).toString('hex'),
    systemPassword: randomBytes(12).toString('hex'),
  }
  await withClient(owner, (client) => ensureRoles(client, { database: template, logins, ...passwords }))
  await migrateDatabase(owner)
  return {
    owner,
    app: withUrlParts(owner, { user: logins.app, password: passwords.appPassword }),
    system: withUrlParts(owner, { user: logins.system, password: passwords.systemPassword }),
  }
}

function replaceDatabase(adminUrl, name, template) {
  return withClient(adminUrl, async (admin) => {
    await admin.query(`DROP DATABASE IF EXISTS ${admin.escapeIdentifier(name)} WITH (FORCE)`)
    const source = template ? ` TEMPLATE ${admin.escapeIdentifier(template)}` : ''
    await admin.query(`CREATE DATABASE ${admin.escapeIdentifier(name)}${source}`)
  })
}

function mapValues(object, change) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]))
}

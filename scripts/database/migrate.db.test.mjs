import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { withClient, withUrlParts } from './connect.mjs'
import { migrate } from './migrate.mjs'
import { ensureRoles, requireMembership } from './roles.mjs'

const adminUrl = process.env.TEST_DATABASE_ADMIN_URL
let database
let url
let folder

beforeEach(async () => {
  database = `ikono_scripts_${randomBytes(4).toString('hex')}`
  url = withUrlParts(adminUrl, { database })
  folder = mkdtempSync(join(tmpdir(), 'ikono-migrations-'))
  await withClient(adminUrl, (admin) => admin.query(`CREATE DATABASE ${database}`))
})

afterEach(async () => {
  rmSync(folder, { recursive: true })
  await withClient(adminUrl, async (admin) => {
    await admin.query(`DROP DATABASE ${database} WITH (FORCE)`)
    await admin.query(`DROP ROLE IF EXISTS ${database}_app_login, ${database}_system_login`)
  })
})

function write(name, sql) {
  mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, name, 'migration.sql'), sql)
}
const run = () => withClient(url, (owner) => migrate(owner, folder))
const ask = (sql) => withClient(url, async (owner) => (await owner.query(sql)).rows)

describe('migrations', () => {
  test('run once, in the order of their names, and are recorded as Prisma records them', async () => {
    write('2_second', 'INSERT INTO word VALUES (2)')
    write('1_first', 'CREATE TABLE word (n int); DO $$ BEGIN INSERT INTO word VALUES (1); END $$;')
    expect(await run()).toBe(2)
    expect(await run()).toBe(0)
    expect(await ask('SELECT n FROM word ORDER BY n')).toEqual([{ n: 1 }, { n: 2 }])
    const [row] = await ask(`SELECT * FROM _prisma_migrations WHERE migration_name = '2_second'`)
    expect(row).toMatchObject({ logs: null, rolled_back_at: null, applied_steps_count: 1 })
    expect(row.checksum).toBe(createHash('sha256').update('INSERT INTO word VALUES (2)').digest('hex'))
    expect(row.finished_at).toBeInstanceOf(Date)
  })

  test('two starts at once apply each file once', async () => {
    write('1_first', 'CREATE TABLE word (n int)')
    expect((await Promise.all([run(), run(), run()])).toSorted()).toEqual([0, 0, 1])
  })

  test('one that fails leaves nothing of itself but its record, says its line, and blocks the next start', async () => {
    write('1_first', 'CREATE TABLE word (n int);\nINSERT INTO wrod VALUES (1);')
    await expect(run()).rejects.toMatchObject({
      message: expect.stringContaining('"wrod"'),
      details: expect.stringMatching(/^line 2:/),
    })
    expect(await ask(`SELECT to_regclass('word') AS word`)).toEqual([{ word: null }])
    const [row] = await ask('SELECT finished_at, logs, applied_steps_count FROM _prisma_migrations')
    expect(row).toMatchObject({
      finished_at: null,
      applied_steps_count: 0,
      logs: expect.stringContaining('wrod'),
    })
    await expect(run()).rejects.toThrow('1_first failed earlier')

    await ask('UPDATE _prisma_migrations SET rolled_back_at = now()')
    write('1_first', 'CREATE TABLE word (n int)')
    expect(await run()).toBe(1)
  })

  test('a role taken on inside a file does not stay', async () => {
    await withClient(url, (owner) => ensureRoles(owner, { database, appPassword: 'a', systemPassword: 's' }))
    write(
      '1_first',
      'SET ROLE ikono_system; SET ROLE NONE; SET search_path = nowhere; SET ROLE ikono_system;',
    )
    expect(await run()).toBe(1)
  })
})

describe('roles', () => {
  const ensure = (passwords) => withClient(url, (owner) => ensureRoles(owner, { database, ...passwords }))
  const loginUrl = (name, password) => withUrlParts(url, { user: `${database}_${name}_login`, password })

  test('the logins belong to their group, own no right beyond it, and take a new password', async () => {
    await ensure({ appPassword: 'one', systemPassword: 'two' })
    await ensure({ appPassword: "it's new", systemPassword: 'two' })
    await withClient(loginUrl('app', "it's new"), async (app) => {
      await requireMembership(app, 'ikono_app', 'DATABASE_APP_URL')
      await expect(requireMembership(app, 'ikono_system', 'X')).rejects.toThrow('no member of ikono_system')
      await expect(app.query('CREATE TABLE mine (n int)')).rejects.toThrow('permission denied')
      await expect(app.query('SET ROLE ikono_system')).rejects.toThrow('permission denied')
    })
  })

  test('nobody else may connect', async () => {
    await ensure({ appPassword: 'a', systemPassword: 's' })
    const rows = await ask(`SELECT has_database_privilege('public', current_database(), 'CONNECT') AS anyone`)
    expect(rows).toEqual([{ anyone: false }])
  })

  test('the owner can become the system role, but sees with its eyes only then', async () => {
    await ensure({ appPassword: 'a', systemPassword: 's' })
    const rows = await ask(
      `SELECT pg_has_role('ikono_system', 'MEMBER') AS member, pg_has_role('ikono_system', 'USAGE') AS inherits`,
    )
    expect(rows).toEqual([{ member: true, inherits: false }])
  })

  test('starts at the same moment do not disturb each other', async () => {
    const passwords = { appPassword: 'a', systemPassword: 's' }
    await Promise.all([ensure(passwords), ensure(passwords), ensure(passwords)])
  })
})

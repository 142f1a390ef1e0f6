import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownDatabase } from '@/tests/support/own-database'
import { inProject } from './project.mjs'

const dataFolder = mkdtempSync(join(tmpdir(), 'ikono-seed-'))
const opened = []

beforeAll(() => {
  process.env.DEMO_PASSWORD = 'azul-tigre-4821'
})

afterAll(async () => {
  for (const { client, database } of opened) {
    await client.end()
    await database.drop()
  }
  rmSync(dataFolder, { recursive: true })
})

/** An empty database, and what can be asked of it as system. */
async function openEmpty() {
  const database = await ownDatabase()
  const client = new pg.Client({ connectionString: database.env.DATABASE_SYSTEM_URL })
  await client.connect()
  opened.push({ client, database })
  return { env: database.env, client }
}

function startSeeding(env) {
  return spawn(process.execPath, [inProject('scripts/runner/fixtures/seeder.mjs')], {
    env: { ...process.env, ...env, DATA_DIR: dataFolder },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

async function seedToTheEnd(env) {
  const [code] = await once(startSeeding(env), 'exit')
  expect(code).toBe(0)
}

const countOf = async (client, table) =>
  (await client.query(`SELECT count(*)::int AS rows FROM ${table}`)).rows[0].rows

async function jobsOf(env) {
  const owner = new pg.Client({ connectionString: env.DATABASE_OWNER_URL })
  await owner.connect()
  const { rows } = await owner.query('SELECT task_identifier, key FROM graphile_worker.jobs')
  await owner.end()
  return rows
}

/** How many rows each of them has. */
const measure = async (client, tables) => {
  const counts = {}
  for (const table of tables) counts[table] = await countOf(client, table)
  return counts
}

test('a demo that was cut short is written anew by the next start: whole, and not twice', async () => {
  const cut = await openEmpty()
  const first = startSeeding(cut.env)
  // Between two processes there is no event to wait for.
  while ((await countOf(cut.client, 'conversation')) < 20) await pause(50)
  first.kill('SIGKILL')
  expect(existsSync(join(dataFolder, 'seeding'))).toBe(true)
  await seedToTheEnd(cut.env)
  expect(existsSync(join(dataFolder, 'seeding'))).toBe(false)

  const whole = await openEmpty()
  await seedToTheEnd(whole.env)
  const fixed = [
    'tenant',
    '"user"',
    'membership',
    'team',
    'menu',
    'channel',
    'business_hours',
    'holiday',
    'announcement',
  ]
  expect(await measure(cut.client, fixed)).toEqual(await measure(whole.client, fixed))
  // The story goes up to this minute, so a later one may hold some chats more.
  const story = ['contact', 'conversation', 'message', 'conversation_event', 'daily_rollup']
  const [written, wanted] = [await measure(cut.client, story), await measure(whole.client, story)]
  for (const table of story) {
    expect(written[table] / wanted[table], table).toBeGreaterThan(0.9)
    expect(written[table] / wanted[table], table).toBeLessThan(1.1)
  }
  expect(await jobsOf(cut.env), 'work for a company that is gone').toEqual([])
})

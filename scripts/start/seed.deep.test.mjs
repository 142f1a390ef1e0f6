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
  (await client.query(`SELECT count(*)::int AS rows FROM "${table}"`)).rows[0].rows

/** How many rows every table of the companies has. */
async function measure(client) {
  const { rows } = await client.query(
    `SELECT table_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name = 'tenantId' ORDER BY 1`,
  )
  const tables = ['tenant', 'user', ...rows.map(({ name }) => name)]
  const counts = []
  for (const table of tables) counts.push([table, await countOf(client, table)])
  return Object.fromEntries(counts)
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
  expect(await measure(cut.client)).toEqual(await measure(whole.client))
})

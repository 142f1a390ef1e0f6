import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { closeDatabase } from '@/server/kernel/database'

/**
 * A database of one test file's own, a copy of the migrated template: for tests that start a worker, which minds the
 * channels of every company it finds. Call it before anything asks kernel/env.
 * @returns what a process of the product needs to use it, and how to drop it.
 */
export async function ownDatabase(): Promise<{ env: Record<string, string>; drop: () => Promise<void> }> {
  const name = `ikono_own_${randomBytes(4).toString('hex')}`
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${process.env.TEST_DATABASE_TEMPLATE}`)
  const at = (url: string | undefined) => Object.assign(new URL(url ?? ''), { pathname: name }).href
  const env = {
    DATABASE_APP_URL: at(process.env.TEST_DATABASE_APP_URL),
    DATABASE_SYSTEM_URL: at(process.env.TEST_DATABASE_SYSTEM_URL),
    DATABASE_OWNER_URL: at(process.env.TEST_DATABASE_OWNER_URL),
  }
  Object.assign(process.env, env)
  return {
    env,
    drop: async () => {
      await closeDatabase()
      await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    },
  }
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.TEST_DATABASE_ADMIN_URL })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

import pg from 'pg'

/**
 * The database of this test run: one for all files, migrated, made fresh by scripts/test.mjs. Every test makes its own
 * company and never wipes a table, so files run side by side.
 * @throws Error when the run was started without it.
 */
export function testDatabase(): { appUrl: string; systemUrl: string; ownerUrl: string } {
  return {
    appUrl: required('TEST_DATABASE_APP_URL'),
    systemUrl: required('TEST_DATABASE_SYSTEM_URL'),
    ownerUrl: required('TEST_DATABASE_OWNER_URL'),
  }
}

function required(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is missing: run \`npm run test:db\`, which starts a database first.`)
  return value
}

/** One statement as the owner of the tables: catalogues and the job queue, which the product's two roles do not see. */
export async function queryAsOwner<Row extends pg.QueryResultRow>(
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: testDatabase().ownerUrl })
  await client.connect()
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}

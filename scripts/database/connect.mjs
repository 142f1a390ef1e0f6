import { StartFailure } from '../start/failure.mjs'

/** Long enough for a sleeping managed database to wake, short enough to say so while the reader still looks. */
const CONNECT_TIMEOUT_MS = 15_000

/**
 * Runs `work` with one connection and closes it after.
 * @template T
 * @param {string} url
 * @param {(client: import('pg').Client) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withClient(url, work) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS })
  // A server that goes away between two queries emits an error here; the next query reports it to the caller.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** As `withClient`; a connection that cannot be made becomes a sentence naming the variable. */
export async function withReachable(variable, url, work) {
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
    throw new StartFailure(
      `${variable} is no database address.`,
      'It looks like postgresql://user:password@host:5432/database.',
    )
  }
  try {
    return await withClient(url, work)
  } catch (error) {
    const sentence = explainConnectionError(error)
    if (!sentence) throw error
    throw new StartFailure(
      `The database at ${maskUrl(url)} cannot be used: ${sentence}`,
      `Check ${variable} and that the server accepts this machine.`,
      {
        cause: error,
      },
    )
  }
}

/** @returns {string | null} what is wrong with the connection, or null when the error is about something else */
export function explainConnectionError(error) {
  const codes = [error?.code, ...(error?.errors ?? []).map((inner) => inner.code)]
  if (codes.includes('ECONNREFUSED')) return 'nothing listens there.'
  if (codes.includes('ENOTFOUND') || codes.includes('EAI_AGAIN')) return 'the host name is not known.'
  if (codes.includes('ETIMEDOUT') || /timeout expired|connection timeout/i.test(error?.message ?? ''))
    return 'it does not answer.'
  if (codes.includes('EHOSTUNREACH') || codes.includes('ENETUNREACH')) return 'there is no route to it.'
  if (codes.includes('28P01') || codes.includes('28000')) return `it refuses the sign-in (${error.message}).`
  if (codes.includes('3D000')) return `${error.message}. Create it first.`
  if (codes.includes('53300')) return 'it has no free connection.'
  if (/SSL|certificate/i.test(error?.message ?? '')) return `${error.message}.`
  return null
}

/** @returns {string} the URL without its password, fit to be printed */
function maskUrl(url) {
  if (!URL.canParse(url)) return '(unreadable)'
  const parsed = new URL(url)
  return `${parsed.hostname}:${parsed.port || 5432}${parsed.pathname}`
}

/**
 * The same server and options for another login or database.
 * @param {string} url
 * @param {{ user?: string, password?: string, database?: string }} change
 */
export function withUrlParts(url, change) {
  const parsed = new URL(url)
  if (change.user !== undefined) parsed.username = encodeURIComponent(change.user)
  if (change.password !== undefined) parsed.password = encodeURIComponent(change.password)
  if (change.database !== undefined) parsed.pathname = `/${encodeURIComponent(change.database)}`
  return parsed.href
}

/** @returns {string} the database a URL names */
export function databaseOf(url) {
  return decodeURIComponent(new URL(url).pathname.slice(1)) || 'postgres'
}

import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../runner/ports.mjs'
import { runCommand, runToEnd } from '../start/command.mjs'
import { StartFailure } from '../start/failure.mjs'
import { findBinaries } from './binaries.mjs'
import { withClient } from './connect.mjs'
import { isPostgres, readPostmasterPid } from './postmaster.mjs'
import { asUser, canEnter, chooseServerUser } from './server-user.mjs'

/** Recovery after a crash replays at most a checkpoint's worth of changes; a minute is ample for that. */
const START_TIMEOUT_S = 60
const SETTINGS = {
  shared_buffers: '256MB',
  max_connections: 200,
  log_min_messages: 'warning',
  max_wal_size: '2GB',
}
/** A test run keeps nothing, so it need not wait for the disk. */
const THROW_AWAY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum_naptime: '10min',
}

/**
 * @typedef {{ dataFolder: string, port: number, adminUrl: string, reused: boolean, created: boolean,
 *   stop: (secondsToWait: number) => Promise<void> }} EmbeddedServer adminUrl: superuser, database postgres
 */

/**
 * Starts our own PostgreSQL in `<folder>/postgres`, or takes the one that already runs there.
 * @param {string} folder existing, enterable by the server's user
 * @param {{ throwAway?: boolean }} [options] throwAway: no durability, for tests
 * @returns {Promise<EmbeddedServer>}
 */
export async function openEmbedded(folder, { throwAway = false } = {}) {
  // The server reports its folder without links, and is recognised by it.
  folder = realpathSync(folder)
  const dataFolder = join(folder, 'postgres')
  const user = chooseServerUser(dataFolder)
  requireAccess(dataFolder, user)
  const binaries = findBinaries(user)
  const created = !existsSync(join(dataFolder, 'PG_VERSION'))
  if (created) await initialise(folder, binaries, user, throwAway)
  const server = { dataFolder, binaries, user, password: readFileSync(passwordFile(folder), 'utf8').trim() }

  const running = await findRunning(server)
  const port = running ?? (await startServer(server, throwAway ? { ...SETTINGS, ...THROW_AWAY } : SETTINGS))
  return {
    dataFolder,
    port,
    adminUrl: adminUrl(port, server.password),
    reused: running !== null,
    created,
    stop: (seconds) => stopServer(server, seconds),
  }
}

const passwordFile = (folder) => join(folder, 'postgres.password')
const adminUrl = (port, password) => `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`
const tool = (binaries, name) => join(binaries, 'bin', process.platform === 'win32' ? `${name}.exe` : name)

function requireAccess(dataFolder, user) {
  const stat = statSync(dataFolder, { throwIfNoEntry: false })
  const me = process.getuid?.()
  if (stat && me !== undefined && me !== 0 && stat.uid !== me) {
    throw new StartFailure(
      `${dataFolder} belongs to another user (uid ${stat.uid}).`,
      'Start as the user of the first start, or hand the folder over: chown -R "$(id -u)" on it.',
    )
  }
  if (stat && !canEnter(user, dataFolder)) {
    throw new StartFailure(
      `${user.id}, which runs the database, cannot enter ${dataFolder}.`,
      'Give the folder back to it with chown -R.',
    )
  }
}

/** Made beside and renamed at the end: an interrupted first start leaves nothing that looks like a database. */
async function initialise(folder, binaries, user, throwAway) {
  const fresh = join(folder, 'postgres.new')
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { mode: 0o700 })
  own(fresh, user)
  const password = randomBytes(24).toString('base64url')
  const handed = join(folder, 'postgres.password.new')
  writeFileSync(handed, password, { mode: 0o600 })
  own(handed, user)
  await runCommand(
    tool(binaries, 'initdb'),
    // The builtin locale sorts the same on every system and outlives upgrades of the C library.
    [
      '-D',
      fresh,
      '-U',
      'postgres',
      `--pwfile=${handed}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
    ].concat(['--locale-provider=builtin', '--builtin-locale=C.UTF-8', ...(throwAway ? ['--no-sync'] : [])]),
    { cwd: '/', env: serverEnvironment(), ...asUser(user), failure: 'The database could not be created.' },
  )
  rmSync(handed)
  writeFileSync(passwordFile(folder), password, { mode: 0o600 })
  chmodSync(passwordFile(folder), 0o600)
  renameSync(fresh, join(folder, 'postgres'))
}

function own(path, user) {
  if (user.uid !== undefined) chownSync(path, user.uid, user.gid)
}

/** PG* variables of the reader's shell would redirect the tools. */
function serverEnvironment() {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'))
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' }
}

/** @returns {Promise<number | null>} the port of a live server of this data folder; waits while one starts or stops */
async function findRunning(server) {
  const deadline = Date.now() + START_TIMEOUT_S * 1000
  for (;;) {
    const noted = readPidAs(server)
    if (!noted) return null
    if (noted.port && (await answers(server, noted.port))) return noted.port
    if (!isPostgres(noted.pid, server.dataFolder)) {
      // Left by a crash; its number may belong to another program now, which would make PostgreSQL refuse to start.
      rmSync(join(server.dataFolder, 'postmaster.pid'), { force: true })
      return null
    }
    if (Date.now() > deadline) {
      throw new StartFailure(
        `The database server (process ${noted.pid}) runs but does not answer.`,
        `Look into ${join(server.dataFolder, 'server.log')}; end that process and run the command again.`,
      )
    }
    await wait(200)
  }
}

const readPidAs = (server) => readPostmasterPid(server.dataFolder)

/** @returns whether the server behind the port is the one of this very data folder and knows our password */
async function answers(server, port) {
  try {
    return await withClient(adminUrl(port, server.password), async (client) => {
      const { rows } = await client.query('SHOW data_directory')
      return rows[0].data_directory === server.dataFolder
    })
  } catch {
    // Refused, starting up, shutting down or somebody else's server: the caller looks at the process instead.
    return false
  }
}

async function startServer(server, settings) {
  const port = await freePort()
  const log = join(server.dataFolder, 'server.log')
  keepLogShort(log)
  const options = Object.entries({
    ...settings,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port,
  })
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')
  const { code } = await runToEnd(
    tool(server.binaries, 'pg_ctl'),
    ['-D', server.dataFolder, '-l', log, '-w', '-t', String(START_TIMEOUT_S), '-o', options, 'start'],
    { cwd: '/', env: serverEnvironment(), ...asUser(server.user) },
  )
  if (code === 0) return port
  const details = statSync(log, { throwIfNoEntry: false })
    ? readFileSync(log, 'utf8').split('\n').slice(-15).join('\n')
    : ''
  throw new StartFailure('The database server did not start.', `Its own words are above (${log}).`, {
    details,
  })
}

/** The log holds warnings and errors only; one former file is kept. */
function keepLogShort(log) {
  const stat = statSync(log, { throwIfNoEntry: false })
  if (stat && stat.size > 5_000_000) renameSync(log, `${log}.old`)
}

/** Stops cleanly within the time given, else at once: PostgreSQL then repairs itself at the next start. */
async function stopServer(server, seconds) {
  const stop = (mode, time) =>
    runToEnd(
      tool(server.binaries, 'pg_ctl'),
      ['-D', server.dataFolder, '-m', mode, '-w', '-t', String(time), 'stop'],
      {
        cwd: '/',
        env: serverEnvironment(),
        ...asUser(server.user),
      },
    )
  const { code } = await stop('fast', seconds)
  if (code !== 0 && readPidAs(server)) await stop('immediate', 2)
}

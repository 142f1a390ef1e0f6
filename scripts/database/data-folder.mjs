import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, realpathSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { StartFailure } from '../start/failure.mjs'
import { projectRoot } from '../start/project.mjs'
import { canEnter, chooseServerUser } from './server-user.mjs'

/** Where an installation run by root keeps its data when the database's user cannot reach the project. */
function sharedDataFolder(root = projectRoot) {
  const hash = createHash('sha256').update(realpathSync(root)).digest('hex').slice(0, 12)
  return join('/var/lib/ikono-chat', hash)
}

/**
 * Decides where data lives, makes the folder, and never leaves data behind unseen: a database that is already there is
 * used or its obstacle is named.
 * @param {{ DATA_DIR?: string }} settings
 * @param {{ embedded: boolean }} need whether our own database server will live in it
 * @returns {{ folder: string, moved: boolean }} moved: outside the project, because its user cannot reach the project
 */
export function chooseDataFolder(settings, { embedded }) {
  const explicit = settings.DATA_DIR
  const folder = resolve(projectRoot, explicit || '.data')
  if (!embedded || process.getuid?.() !== 0) return { folder: make(folder), moved: false }

  const server = join(folder, 'postgres')
  const elsewhere = sharedDataFolder()
  if (!explicit && !existsSync(server) && existsSync(join(elsewhere, 'postgres')))
    return { folder: elsewhere, moved: true }

  const user = chooseServerUser(server)
  const existed = existsSync(folder)
  if (canEnter(user, existed ? make(folder) : firstExisting(folder)))
    return { folder: make(folder), moved: false }
  if (explicit || existsSync(server)) {
    throw new StartFailure(
      `The database cannot live in ${server}: PostgreSQL does not run as root, and ${user.id}, which runs it, cannot enter that folder.`,
      'Choose a DATA_DIR below folders that everyone may enter, for example /var/lib/ikono-chat/data (what is already stored can be moved there as it is), or set DATABASE_URL.',
    )
  }
  return { folder: make(elsewhere), moved: true }
}

/** Others may pass through (the database's user does) but not look around. */
function make(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  return folder
}

function firstExisting(path) {
  return existsSync(path) ? path : firstExisting(dirname(path))
}

import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'

/** `nobody` on Debian and most others; only the number matters, the name need not exist. */
const NOBODY = 65534

/**
 * @typedef {{ uid?: number, gid?: number, id: string }} ServerUser whom the server runs as; without a uid: whoever runs this
 */

/**
 * PostgreSQL refuses to run as root, and making a system user would change the reader's machine: so root lends it the
 * identity that owns the data folder, or nobody's.
 * @param {string} dataFolder the server's own folder, present or not
 * @returns {ServerUser}
 */
export function chooseServerUser(dataFolder) {
  if (process.getuid?.() !== 0) return { id: 'yourself' }
  const owner = statSync(dataFolder, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, id: `uid ${owner.uid}` }
  return { uid: NOBODY, gid: NOBODY, id: `uid ${NOBODY}` }
}

/** @returns {{ uid: number, gid: number } | {}} the part of spawn's options that lends the identity */
export function asUser(user) {
  return user.uid === undefined ? {} : { uid: user.uid, gid: user.gid }
}

/**
 * Asks the system itself, by a process of that user, so that every folder on the way and every access list counts.
 * @param {ServerUser} user
 * @param {string} folder an existing folder
 * @returns {boolean} whether the user can go into it
 */
export function canEnter(user, folder) {
  if (user.uid === undefined) return true
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { cwd: '/', ...asUser(user) }).status === 0
}

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Tests do not end up in a build, so changing one must not cost a rebuild. */
const IGNORED = /(^|\/)(node_modules|\.DS_Store)(\/|$)|^prisma\/generated(\/|$)|\.(test|spec)\.[cm]?[jt]sx?$/

/**
 * A hash over the names and contents of files and folders, to tell whether what was made from them is stale.
 * Missing paths count as absent, so that a file that appears changes the hash.
 * @param {string} root absolute; the names in the hash are relative to it
 * @param {string[]} paths relative to root
 * @returns {string} sha256, hex
 */
export function fingerprint(root, paths) {
  const hash = createHash('sha256')
  for (const file of paths.flatMap((path) => listFiles(root, join(root, path))).sort()) {
    hash.update(`${relative(root, file).replaceAll('\\', '/')}\0`)
    hash.update(createHash('sha256').update(readFileSync(file)).digest())
  }
  return hash.digest('hex')
}

function listFiles(root, path) {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return []
  if (!stat.isDirectory()) return [path]
  return readdirSync(path)
    .map((name) => join(path, name))
    .filter((file) => !IGNORED.test(relative(root, file).replaceAll('\\', '/')))
    .flatMap((file) => listFiles(root, file))
}

/** @returns {string} the recorded hash, or '' when there is none */
export function readRecord(file) {
  const stat = statSync(file, { throwIfNoEntry: false })
  return stat?.isFile() ? readFileSync(file, 'utf8').trim() : ''
}

import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** @returns {string} a new folder of this run, enterable by the database's user when root runs the tests */
export function makeTempFolder(name) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `ikono-${name}-`)))
  chmodSync(folder, 0o711)
  return folder
}

export function removeTempFolder(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

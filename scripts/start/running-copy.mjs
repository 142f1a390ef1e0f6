import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandOf } from '../database/postmaster.mjs'
import { StartFailure } from './failure.mjs'

const noteOf = (dataFolder) => join(dataFolder, 'running')

/**
 * Two copies on one data folder would stop each other's database.
 * @param {string} dataFolder
 * @throws {StartFailure} when another copy runs on it
 */
export function requireSoleCopy(dataFolder) {
  const note = readNote(dataFolder)
  if (!note || note.pid === process.pid || !/scripts.run\.mjs/.test(commandOf(note.pid))) return
  throw new StartFailure(
    `iKono Chat already runs on ${dataFolder} (process ${note.pid}, port ${note.port}).`,
    'Stop it, or give the second copy its own PORT and DATA_DIR.',
  )
}

/** @param {string} dataFolder @param {number} port */
export function noteRunning(dataFolder, port) {
  writeFileSync(noteOf(dataFolder), JSON.stringify({ pid: process.pid, port }))
}

/** @param {string} dataFolder */
export function forgetRunning(dataFolder) {
  if (readNote(dataFolder)?.pid === process.pid) rmSync(noteOf(dataFolder), { force: true })
}

function readNote(dataFolder) {
  if (!existsSync(noteOf(dataFolder))) return null
  try {
    return JSON.parse(readFileSync(noteOf(dataFolder), 'utf8'))
  } catch {
    // Cut off by a crash: as good as none.
    return null
  }
}

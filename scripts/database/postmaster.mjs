import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync, statSync } from 'node:fs'

/**
 * Reads postmaster.pid, which a PostgreSQL server keeps in its data folder (format: src/include/miscadmin.h and pidfile.h
 * of PostgreSQL: pid, data folder, start time, port, socket folder, address, shared memory key, status).
 * @param {string} text
 * @returns {{ pid: number, port: number | null, status: string } | null} null when it is no such file
 */
export function parsePostmasterPid(text) {
  const lines = text.split('\n').map((line) => line.trim())
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0) return null
  const port = Number(lines[3])
  return { pid, port: Number.isInteger(port) && port > 0 ? port : null, status: lines[7] ?? '' }
}

/** @returns the parsed postmaster.pid of a data folder, or null when there is none */
export function readPostmasterPid(dataFolder) {
  const file = `${dataFolder}/postmaster.pid`
  if (!statSync(file, { throwIfNoEntry: false })) return null
  return parsePostmasterPid(readFileSync(file, 'utf8'))
}

/**
 * @param {number} pid
 * @returns {boolean} whether a process with this id runs, whoever owns it; one that ended and was not yet cleared away by
 *   its parent (in containers the first process often never does) does not count
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error.code !== 'EPERM') return false
  }
  return !isZombie(pid)
}

function isZombie(pid) {
  if (process.platform !== 'linux') return false
  try {
    // proc(5): pid (command) state ...
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z')
  } catch {
    // Cleared away between the two looks.
    return true
  }
}

/**
 * The command of a running process. Ids are given out again after a crash or a restart of the machine, so an id alone
 * does not say that the process is still the one that was written down.
 * @returns {string} '' when there is no such process or the system does not tell
 */
export function commandOf(pid) {
  try {
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    if (process.platform === 'win32') {
      return execFileSync('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'], { encoding: 'utf8' })
    }
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    return ''
  }
}

/** @returns {boolean} whether the process is a PostgreSQL server (of this data folder, where the system tells) */
export function isPostgres(pid, dataFolder) {
  if (!isAlive(pid)) return false
  if (process.platform === 'linux') {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === dataFolder
    } catch {
      return /postgres/.test(commandOf(pid))
    }
  }
  return /postgres/.test(commandOf(pid))
}

import { existsSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { StartFailure } from './failure.mjs'

const MB = 1_000_000
/** Measured: packages 1.1 GB, a build with its cache 0.4 GB, a fresh database with room to grow 0.3 GB. */
const NEED_MB = { install: 1500, build: 500, database: 300 }

/** @param {{ install: boolean, build: boolean, database: boolean }} plans @returns {number} megabytes */
function neededMegabytes(plans) {
  return Object.entries(NEED_MB).reduce((sum, [name, size]) => sum + (plans[name] ? size : 0), 50)
}

/**
 * Says that space is short before half of it is written.
 * @param {string} folder where it will be written; may not exist yet
 * @param {{ install: boolean, build: boolean, database: boolean }} plans
 */
export function requireDiskSpace(folder, plans) {
  const { bavail, bsize } = statfsSync(nearestFolder(folder))
  const free = Math.floor((bavail * bsize) / MB)
  const needed = neededMegabytes(plans)
  if (free >= needed) return
  throw new StartFailure(
    `Only ${free} MB are free on the disk of ${folder}; about ${needed} MB are needed.`,
    'Free some space and run the command again.',
  )
}

function nearestFolder(path) {
  return existsSync(path) ? path : nearestFolder(dirname(path))
}

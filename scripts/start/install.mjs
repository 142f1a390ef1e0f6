import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { npmCommand, runCommand } from './command.mjs'
import { readRecord } from './fingerprint.mjs'
import { step } from './progress.mjs'
import { inProject, projectRoot } from './project.mjs'

const lockFile = inProject('package-lock.json')
const ourRecord = inProject('node_modules', '.ikono-lock-hash')
/** Written by npm itself at the end of an install, so that a person's own `npm ci` counts too. */
const npmRecord = inProject('node_modules', '.package-lock.json')

/** @returns {boolean} whether the packages of package-lock.json still have to be installed */
export function needsInstall() {
  const installed = readRecord(npmRecord)
  if (!installed) return true
  const wanted = readFileSync(lockFile, 'utf8')
  if (readRecord(ourRecord) === hashOf(wanted)) return false
  return listMissing(JSON.parse(wanted).packages, JSON.parse(installed).packages).length > 0
}

/**
 * @param {Record<string, { version?: string, optional?: boolean }>} wanted `packages` of package-lock.json
 * @param {Record<string, { version?: string }>} installed `packages` of node_modules/.package-lock.json
 * @returns {string[]} the folders that are absent or of another version; optional ones of other platforms do not count
 */
export function listMissing(wanted, installed) {
  return Object.entries(wanted)
    .filter(([folder]) => folder !== '')
    .filter(([folder, { version, optional }]) => {
      const found = installed[folder]
      return found ? found.version !== version : !optional
    })
    .map(([folder]) => folder)
}

/** Installs exactly what package-lock.json says, when it is not there already. */
export async function installPackages() {
  if (!needsInstall()) return
  await step('Installing packages', async (say) => {
    say('a minute or two the first time')
    await runCommand(npmCommand, ['ci', '--include=dev', '--no-audit', '--no-fund'], {
      cwd: projectRoot,
      env: { ...process.env, NODE_ENV: undefined, npm_config_omit: undefined },
      failure: 'The packages could not be installed.',
      cure: 'Check the connection to the npm registry (or its proxy setting) and run the command again.',
    })
    say('')
  })
  writeFileSync(ourRecord, hashOf(readFileSync(lockFile, 'utf8')))
}

function hashOf(text) {
  return createHash('sha256').update(text).digest('hex')
}

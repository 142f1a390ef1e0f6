import { randomBytes, randomInt } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseEnv } from 'node:util'

const COLOURS = ['azul', 'verde', 'rojo', 'dorado', 'violeta', 'blanco', 'negro', 'gris', 'rosa', 'turquesa']
const ANIMALS = [
  'tigre',
  'puma',
  'colibri',
  'delfin',
  'zorro',
  'tucan',
  'lince',
  'condor',
  'jaguar',
  'quetzal',
  'nutria',
  'halcon',
]

/** 32 bytes: the key length of AES-256 (SEALING_KEY) and more than any signature here needs. */
const randomKey = () => randomBytes(32).toString('base64')
/** Passwords that travel inside connection URLs keep to characters that need no escaping. */
const urlSafe = (bytes) => randomBytes(bytes).toString('base64url')

/** @returns {string} a password that a person can read out, for example azul-tigre-4821 */
export function makeDemoPassword() {
  const pick = (words) => words[randomInt(words.length)]
  return `${pick(COLOURS)}-${pick(ANIMALS)}-${randomInt(1000, 10_000)}`
}

/** What every installation makes for itself once. */
const GENERATORS = {
  AUTH_SECRET: randomKey,
  SEALING_KEY: randomKey,
  PUSHER_APP_ID: () => String(randomInt(100_000, 1_000_000)),
  PUSHER_KEY: () => randomBytes(10).toString('hex'),
  PUSHER_SECRET: () => randomBytes(20).toString('hex'),
  DATABASE_OWNER_PASSWORD: () => urlSafe(24),
  DATABASE_APP_PASSWORD: () => urlSafe(24),
  DATABASE_SYSTEM_PASSWORD: () => urlSafe(24),
  DEMO_PASSWORD: makeDemoPassword,
}

/** @returns {Record<string, string>} the values of a fresh installation; also what a test run uses */
export function makeSecrets() {
  return Object.fromEntries(Object.entries(GENERATORS).map(([name, make]) => [name, make()]))
}

/**
 * The text of an env file with the missing secrets appended; what is there, comments included, stays as it is.
 * @param {string} text the present file, '' when there is none
 * @param {Record<string, string>} secrets candidates by name
 * @param {Record<string, string | undefined>} given the process environment: what it sets needs no line
 * @returns {{ text: string, added: string[] }}
 */
export function addMissingSecrets(text, secrets, given) {
  const present = parseEnv(text)
  const added = Object.keys(secrets).filter((name) => !present[name] && !given[name])
  if (added.length === 0) return { text, added }
  const lines = added.map((name) => `${name}=${secrets[name]}`)
  const start =
    text === ''
      ? '# Secrets of this installation, made by npm start. Keep a copy: SEALING_KEY opens stored credentials.\n'
      : text
  return { text: `${start}${start.endsWith('\n') ? '' : '\n'}${lines.join('\n')}\n`, added }
}

/**
 * Writes what is missing in the env file, readable by its owner only.
 * @param {string} file
 * @param {Record<string, string | undefined>} given the process environment
 * @returns {string[]} the names that were added
 */
export function writeMissingSecrets(file, given) {
  const before = readEnvText(file)
  const { text, added } = addMissingSecrets(before, makeSecrets(), given)
  if (added.length > 0) {
    writeFileSync(file, text, { mode: 0o600 })
    chmodSync(file, 0o600)
  }
  return added
}

/** @returns {Record<string, string | undefined>} the env file with the process environment laid over it */
export function readSettings(file, given) {
  const fromFile = parseEnv(readEnvText(file))
  const fromProcess = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && value !== ''),
  )
  return { ...fromFile, ...fromProcess }
}

function readEnvText(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

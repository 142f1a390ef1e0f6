import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** OWASP's first choice for argon2id, which is the package's default kind: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), COST)
}

let dummy: Promise<string> | undefined

/**
 * @param stored null when there is no such account: the same work is done, so that time does not tell.
 * @returns whether the password is the one that was stored.
 */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  dummy ??= hashPassword(randomBytes(16).toString('hex'))
  const matches = await verify(stored ?? (await dummy), password.normalize('NFKC'))
  return stored !== null && matches
}

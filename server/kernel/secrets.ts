import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { env } from './env'

/**
 * Sealing of secrets at rest: AES-256-GCM. The envelope is: version (1 byte) · key id (1) · nonce (12) · tag (16) ·
 * ciphertext. The owner's name is associated data, so a row copied to another company does not open.
 */
const VERSION = 1
const KEY_ID = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16

const key = () => Buffer.from(env('sealingKey'), 'base64')

/** @param owner what the secret belongs to, such as `<tenantId>/<channelId>`; needed again to open. */
export function seal(plain: string | Uint8Array, owner: string): Buffer<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key(), nonce)
  cipher.setAAD(Buffer.from(owner))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([Buffer.from([VERSION, KEY_ID]), nonce, cipher.getAuthTag(), body])
}

/** @throws Error when the envelope is damaged, of an unknown version, or sealed for another owner. */
export function open(sealed: Uint8Array, owner: string): Buffer {
  const envelope = Buffer.from(sealed)
  if (envelope[0] !== VERSION || envelope[1] !== KEY_ID) throw new Error('sealed with an unknown key')
  const nonce = envelope.subarray(2, 2 + NONCE_BYTES)
  const tag = envelope.subarray(2 + NONCE_BYTES, 2 + NONCE_BYTES + TAG_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', key(), nonce)
  decipher.setAAD(Buffer.from(owner))
  decipher.setAuthTag(tag)
  return Buffer.concat([decipher.update(envelope.subarray(2 + NONCE_BYTES + TAG_BYTES)), decipher.final()])
}

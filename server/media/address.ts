import { createHmac, timingSafeEqual } from 'node:crypto'
import { asTenantId, type TenantId } from '@/server/kernel/database'
import { env } from '@/server/kernel/env'

/**
 * Signed addresses of files. An address names company, file and end of validity; without a signature of ours there is
 * no file. It is no right by itself: the door also asks for a member who may see the chat.
 */
const DAY_SECONDS = 86_400
/** The end of validity moves in steps, so that an address stays the same for hours and the browser's copy is used. */
const STEP_SECONDS = DAY_SECONDS / 2
const ID_BYTES = 16
const BODY_BYTES = 2 * ID_BYTES + 4
const MAC_BYTES = 32

const bytesOf = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex')
const idOf = (bytes: Buffer) =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

const macOf = (body: Buffer) =>
  createHmac('sha256', `media address:${env('authSecret')}`)
    .update(body)
    .digest()

/** @returns the path of a file, valid for 24 to 36 hours. */
export function mediaAddress(tenantId: TenantId, attachmentId: string, now: Date): string {
  const end = (Math.floor(now.getTime() / 1000 / STEP_SECONDS) + 3) * STEP_SECONDS
  const seconds = Buffer.alloc(4)
  seconds.writeUInt32BE(end)
  const body = Buffer.concat([bytesOf(tenantId), bytesOf(attachmentId), seconds])
  return `/api/media/${Buffer.concat([body, macOf(body)]).toString('base64url')}`
}

/** @returns what a signed address names, or null when it is forged, damaged or over. */
export function readMediaToken(
  token: string,
  now: Date,
): { tenantId: TenantId; attachmentId: string } | null {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== BODY_BYTES + MAC_BYTES || bytes.toString('base64url') !== token) return null
  const body = bytes.subarray(0, BODY_BYTES)
  if (!timingSafeEqual(macOf(body), bytes.subarray(BODY_BYTES))) return null
  if (body.readUInt32BE(2 * ID_BYTES) * 1000 <= now.getTime()) return null
  return {
    tenantId: asTenantId(idOf(body.subarray(0, ID_BYTES))),
    attachmentId: idOf(body.subarray(ID_BYTES, 2 * ID_BYTES)),
  }
}

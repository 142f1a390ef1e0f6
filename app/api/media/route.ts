import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { memberContext } from '@/server/access/context'
import { lookUpAccess } from '@/server/access/membership'
import { isSameOrigin } from '@/server/auth/same-origin'
import { readSessionToken } from '@/server/auth/session-token'
import { DomainError } from '@/server/kernel/errors'
import { receiveUpload } from '@/server/media/commands'
import { LARGEST_BYTES, LARGEST_FILE } from '@/server/media/rules'
import { readUploadHeaders } from '@/server/media/schema'
import { isTooLarge } from '../body-size'

const refuse = (status: number, reason: string, more: object = {}) =>
  Response.json({ error: { reason, field: 'file', ...more } }, { status })

const tooLarge = () => refuse(413, 'fileTooLarge', { most: LARGEST_BYTES })

/**
 * Takes a file from a member's browser: the body is the file, the company is in `?company=`. Answers 201 with the
 * attachment that conversations.send takes.
 */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request.headers)) return refuse(403, 'notAllowed')
  const session = await readSessionToken(request.headers.get('cookie'))
  const company = new URL(request.url).searchParams.get('company')
  const access = session && (await lookUpAccess(session, company))
  if (!access) return refuse(401, 'signedOut')
  if (!access.membership) return refuse(404, 'companyNotFound')
  if (isTooLarge(request.headers, LARGEST_FILE)) return tooLarge()
  if (!request.body) return refuse(400, 'fileEmpty')
  const ctx = memberContext(access.membership, new Date(), () => undefined)
  try {
    const body = Readable.fromWeb(request.body as ReadableStream)
    const attachment = await receiveUpload(ctx, readUploadHeaders(request.headers), body)
    return Response.json({ attachment }, { status: 201, headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return error.reason === 'fileTooLarge' ? tooLarge() : refuse(400, error.reason)
  }
}

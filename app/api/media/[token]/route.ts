import { Readable } from 'node:stream'
import { memberContext } from '@/server/access/context'
import { lookUpAccess, slugOf } from '@/server/access/membership'
import { readSessionToken } from '@/server/auth/session-token'
import { maySee } from '@/server/conversations/queries'
import type { TenantContext } from '@/server/kernel/context'
import { memberOf } from '@/server/kernel/context'
import { readMediaToken } from '@/server/media/address'
import { storedFile } from '@/server/media/queries'
import { bareType, dispositionOf, isInline, rangeOf } from '@/server/media/rules'
import { mediaStorage } from '@/server/media/storage'

const notThere = () => Response.json({ error: { reason: 'notFound' } }, { status: 404 })

/**
 * Hands out a file: to a signed-in member of the company that the signed address names, who may see the chat. All
 * others hear that there is nothing.
 */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ token: string }> },
): Promise<Response> {
  const now = new Date()
  const named = readMediaToken((await params).token, now)
  const session = await readSessionToken(request.headers.get('cookie'))
  if (!named || !session) return notThere()
  const access = await lookUpAccess(session, await slugOf(named.tenantId))
  if (!access?.membership) return notThere()
  const ctx = memberContext(access.membership, now, () => undefined)
  const file = await storedFile(ctx, named.attachmentId)
  if (!file || !(await isTheirs(ctx, file))) return notThere()

  const headers = new Headers({
    'content-type': isInline(file.mediaType) ? file.mediaType : 'application/octet-stream',
    'content-disposition': dispositionOf(file.mediaType, file.fileName),
    'x-content-type-options': 'nosniff',
    // A sandbox would hide a PDF behind an empty page; it may load nothing all the same.
    'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'${bareType(file.mediaType) === 'application/pdf' ? '' : '; sandbox'}`,
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, max-age=43200, immutable',
    'accept-ranges': 'bytes',
    ...(file.sha256 ? { etag: `"${file.sha256}"` } : {}),
  })
  if (file.sha256 && request.headers.get('if-none-match') === `"${file.sha256}"`) {
    return new Response(null, { status: 304, headers })
  }
  const range = rangeOf(request.headers.get('range'), file.bytes)
  if (range === 'unsatisfiable') {
    headers.set('content-range', `bytes */${file.bytes}`)
    return new Response(null, { status: 416, headers })
  }
  if (range) headers.set('content-range', `bytes ${range.start}-${range.end}/${file.bytes}`)
  headers.set('content-length', String(range ? range.end - range.start + 1 : file.bytes))
  const bytes = await mediaStorage().read(file.storageKey, range ?? undefined)
  const body = Readable.toWeb(bytes) as ReadableStream<Uint8Array>
  return new Response(body, { status: range ? 206 : 200, headers })
}

/** A file in no message yet is its sender's alone. */
async function isTheirs(
  ctx: TenantContext,
  file: { conversationId: string | null; uploadedById: string | null },
): Promise<boolean> {
  if (file.conversationId) return maySee(ctx, file.conversationId)
  return file.uploadedById === memberOf(ctx).memberId
}

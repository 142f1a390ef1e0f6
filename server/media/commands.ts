import type { Readable } from 'node:stream'
import { memberOf, type TenantContext } from '@/server/kernel/context'
import { newId } from '@/server/kernel/ids'
import { keepFile } from './keep'
import { kindOfUpload, LARGEST_BYTES, safeFileName } from './rules'
import type { UploadedFile, UploadHeaders } from './schema'
import { storageKeyOf } from './storage'

/**
 * Takes a file of a member, streamed to the storage; a message takes it from there. What kind it is, its bytes say.
 * @throws DomainError LIMIT_REACHED `fileTooLarge`, INVALID `fileEmpty`.
 */
export async function receiveUpload(
  ctx: TenantContext,
  told: UploadHeaders,
  body: Readable,
): Promise<UploadedFile> {
  const { memberId } = memberOf(ctx)
  const id = newId(ctx.now.getTime())
  const isRecording = told.waveform !== null
  const kept = await keepFile(storageKeyOf(ctx.tenantId, id), body, {
    told: told.mediaType,
    mostFor: (mediaType) => LARGEST_BYTES[kindOfUpload(mediaType, isRecording)],
  })
  const kind = kindOfUpload(kept.mediaType, isRecording)
  const { width, height, seconds } = told
  const fileName = safeFileName(told.fileName, kind)
  await ctx.db.attachment.create({
    data: {
      tenantId: ctx.tenantId,
      id,
      kind,
      fileName,
      ...kept,
      storageKey: storageKeyOf(ctx.tenantId, id),
      width,
      height,
      seconds,
      waveform: told.waveform ?? [],
      thumbnail: told.thumbnail,
      uploadedById: memberId,
      createdAt: ctx.now,
    },
    select: { id: true },
  })
  return { id, kind, fileName, mediaType: kept.mediaType, bytes: kept.bytes, width, height, seconds }
}

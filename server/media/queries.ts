import type { TenantContext } from '@/server/kernel/context'

/** A file as its door needs it; null when it is not there or its bytes are not. */
export async function storedFile(ctx: TenantContext, attachmentId: string) {
  const found = await ctx.db.attachment.findFirst({
    where: { tenantId: ctx.tenantId, id: attachmentId, state: 'stored' },
    select: {
      fileName: true,
      mediaType: true,
      bytes: true,
      sha256: true,
      storageKey: true,
      uploadedById: true,
      message: { select: { conversationId: true } },
    },
  })
  if (!found) return null
  const { message, bytes, ...file } = found
  return { ...file, bytes: Number(bytes), conversationId: message?.conversationId ?? null }
}

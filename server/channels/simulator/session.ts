import { z } from 'zod'
import type { SendResult } from '@/server/channels/schema'
import type { StartSession } from '@/server/channels/session'
import { mediaStorage, storageKeyOf } from '@/server/media/storage'

const sourceSchema = z.object({ attachmentId: z.uuid() })
const done = async (target: { actionId: string }): Promise<SendResult> => ({
  ok: true,
  externalId: target.actionId,
})

/** The phone in the page has no far end: what is sent is there at once, and the page itself says when it was read. */
export const startSimulator: StartSession = async (host) => ({
  send: async (message) => {
    await host.journal(message.conversationId, {
      do: 'delivered',
      messageId: message.messageId,
      at: new Date().toISOString(),
    })
    return { ok: true, externalId: message.messageId }
  },
  react: done,
  edit: done,
  delete: done,
  /** The page left the bytes with us already; the message takes its own copy, as from any other provider. */
  fetchMedia: (source) =>
    mediaStorage().read(storageKeyOf(host.tenantId, sourceSchema.parse(source).attachmentId)),
  stop: async () => undefined,
})

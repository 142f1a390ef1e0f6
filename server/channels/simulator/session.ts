import type { StartSession } from '@/server/channels/session'

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
  stop: async () => undefined,
})

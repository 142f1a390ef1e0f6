import { proto, type WAMessage } from '@whiskeysockets/baileys'
import { contactFrom, orderKeyOf } from './addresses'
import { readContent, readQuoteOf } from './content'
import type { BridgePayload } from './inbound'

/**
 * A message that WhatsApp delivered without its content (advertisements that lead to a chat, mostly): Baileys asks our
 * own phone for it, and the answer comes as an event instead of a ciphertext.
 */
export function readResent(sent: WAMessage): { orderKey: string; payload: BridgePayload } | null {
  const { id, fromMe, remoteJid, remoteJidAlt } = sent.key
  const contact = contactFrom([remoteJid, remoteJidAlt])
  if (!id || !sent.message || (!contact.lid && !contact.phone)) return null
  const key = { id, remoteJid: orderKeyOf(contact), fromMe: fromMe === true }
  const content = readContent(sent.message, proto.Message.encode(sent.message).finish(), key)
  if (!content) return null
  return {
    orderKey: orderKeyOf(contact),
    payload: {
      v: 1,
      kind: fromMe ? 'phone-message' : 'message',
      id,
      contact,
      name: fromMe ? null : sent.pushName?.slice(0, 200) || null,
      t: Number(sent.messageTimestamp ?? 0) || Math.floor(Date.now() / 1000),
      offline: true,
      content,
      quote: readQuoteOf(sent.message),
    },
  }
}

import {
  type BinaryNode,
  type Contact,
  DEFAULT_CONNECTION_CONFIG,
  proto,
  type SocketConfig,
  unpadRandomMax16,
} from '@whiskeysockets/baileys'
import { log } from '@/server/kernel/log'
import { isOwnAddress, orderKeyOf, recipientOf, senderOf, withKnownAddress } from './addresses'
import { readContent, readQuoteOf, readTouch } from './content'
import type { BridgePayload } from './inbound'

/** Marks a live message that has to be taken after those that waited at the server. */
export const BEHIND_OFFLINE = 'behind'

export type JournaledSignal = {
  /** Our own account. */
  me: () => Contact | undefined
  /** The stanza that a ciphertext came in. */
  stanzaOf: (ciphertext: Uint8Array) => BinaryNode | undefined
  journal: (orderKey: string, payload: BridgePayload) => Promise<void>
  /** What was decrypted could not be kept: the connection must end before Baileys answers for it. */
  onNotKept: (error: unknown) => void
}

/**
 * Baileys sends the delivery receipt before it tells anybody about the message, and the server then forgets it. So
 * the message is written to the journal inside the transaction that moves the ratchet on: journal row, session row,
 * receipt. A crash between two of them means that the server delivers again.
 */
export function journaledSignal(options: JournaledSignal): SocketConfig['makeSignalRepository'] {
  return (auth, logger, phoneToLid) => {
    const repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(auth, logger, phoneToLid)
    const decrypt = repository.decryptMessage.bind(repository)
    const { keys } = auth
    if (!('transaction' in keys)) throw new Error('the key store of a socket has transactions')
    return Object.assign(repository, {
      decryptMessage: async (sealed: Parameters<typeof decrypt>[0]) => {
        let isDecrypted = false
        try {
          return await keys.transaction(async () => {
            const padded = await decrypt(sealed)
            isDecrypted = true
            const stanza = options.stanzaOf(sealed.ciphertext)
            if (!stanza) throw new Error('a message without its stanza')
            const seen = readMessage(stanza, padded, options.me())
            if (seen) {
              const contact = await withKnownAddress(seen.contact, keys)
              await options.journal(orderKeyOf(contact), { ...seen, contact })
            }
            return padded
          }, sealed.jid)
        } catch (error) {
          if (isDecrypted) options.onNotKept(error)
          throw error
        }
      },
    })
  }
}

/** @returns null for what is nothing of a chat: synchronisation between our own devices and the like. */
function readMessage(
  stanza: BinaryNode,
  padded: Uint8Array,
  me: Contact | undefined,
): Exclude<BridgePayload, { kind: 'receipt' }> | null {
  const { id = '', from, notify, t, offline } = stanza.attrs
  let bytes: Uint8Array
  let message: proto.IMessage
  try {
    bytes = unpadRandomMax16(padded)
    message = proto.Message.decode(bytes)
  } catch (error) {
    // Baileys fails on it in the same way, and asks the sender for another copy.
    log.warn({ err: error, messageId: id }, 'message is no WhatsApp message')
    return null
  }
  const copy = message.deviceSentMessage
  const isFromPhone = isOwnAddress(from, me)
  if (isFromPhone && !copy) return null
  const contact = isFromPhone ? recipientOf(stanza, copy?.destinationJid) : senderOf(stanza)
  const isNoteToSelf = isFromPhone && isOwnAddress(orderKeyOf(contact), me)
  const said = isFromPhone ? copy?.message : message
  if (isNoteToSelf || (!contact.lid && !contact.phone)) return null
  const seconds = Number(t)
  const common = {
    v: 1 as const,
    id,
    contact,
    name: isFromPhone ? null : notify?.slice(0, 200) || null,
    t: Number.isSafeInteger(seconds) && seconds > 0 ? seconds : Math.floor(Date.now() / 1000),
    offline: offline !== undefined && offline !== BEHIND_OFFLINE,
  }
  const touch = readTouch(said)
  if (touch) return { ...common, kind: isFromPhone ? 'phone-touch' : 'touch', touch }
  const key = { id, remoteJid: orderKeyOf(contact), fromMe: isFromPhone }
  const content = readContent(said, bytes, key)
  if (!content) return null
  return { ...common, kind: isFromPhone ? 'phone-message' : 'message', content, quote: readQuoteOf(said) }
}

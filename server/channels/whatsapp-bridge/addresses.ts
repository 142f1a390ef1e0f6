import {
  areJidsSameUser,
  type BinaryNode,
  type Contact,
  jidDecode,
  type SignalKeyStore,
} from '@whiskeysockets/baileys'
import { parsePhoneNumberFromString } from 'libphonenumber-js'
import type { OutgoingMessage } from '@/server/channels/schema'
import type { BridgeContact } from './inbound'

/** A customer's address without its device, in WhatsApp's two name spaces. */
export function contactFrom(jids: readonly (string | null | undefined)[]): BridgeContact {
  const contact: BridgeContact = { lid: null, phone: null }
  for (const jid of jids) {
    const address = jid ? jidDecode(jid) : undefined
    if (!address?.user || address.user === '0') continue
    if (address.server === 'lid' || address.server === 'hosted.lid') contact.lid ??= address.user
    else if (address.server === 's.whatsapp.net' || address.server === 'hosted')
      contact.phone ??= address.user
  }
  return contact
}

/** One of the company's own devices. */
export const isOwnAddress = (jid: string | undefined, me: Contact | undefined): boolean =>
  areJidsSameUser(jid, me?.id) || areJidsSameUser(jid, me?.lid)

/** Who wrote a message that came in. */
export const senderOf = ({ attrs }: BinaryNode): BridgeContact =>
  contactFrom([attrs.from, attrs.sender_lid, attrs.sender_pn, attrs.participant_lid, attrs.participant_pn])

/** To whom a message went that was written on another device of the company's own account. */
export const recipientOf = (
  { attrs }: BinaryNode,
  destinationJid: string | null | undefined,
): BridgeContact =>
  contactFrom([
    attrs.recipient,
    destinationJid,
    attrs.peer_recipient_lid,
    attrs.peer_recipient_pn,
    attrs.recipient_lid,
    attrs.recipient_pn,
  ])

/**
 * Adds the address that the message did not carry, as far as it was learnt before. Only stored mappings: a question
 * to the server has no place between a decryption and its commit.
 */
export async function withKnownAddress(contact: BridgeContact, keys: SignalKeyStore): Promise<BridgeContact> {
  const { lid, phone } = contact
  if (lid && phone) return contact
  // Baileys stores both directions of a mapping under these two names.
  const known = lid ? `${lid}_reverse` : (phone ?? '')
  const other = (await keys.get('lid-mapping', [known]))[known]
  if (!other) return contact
  return lid ? { lid, phone: other } : { lid: other, phone }
}

/** Messages of one contact are taken in order, by whichever address they came. */
export const orderKeyOf = ({ lid, phone }: BridgeContact): string =>
  lid ? `${lid}@lid` : `${phone}@s.whatsapp.net`

/** @returns null when the contact has no WhatsApp address. */
export function recipientJid({ identities, phone }: OutgoingMessage['recipient']): string | null {
  const addressOf = (kind: string) => identities.find((identity) => identity.kind === kind)?.value
  const lid = addressOf('whatsapp-lid')
  if (lid) return `${lid}@lid`
  const digits = (addressOf('phone') ?? phone ?? '').replace(/\D/g, '')
  return digits ? `${digits}@s.whatsapp.net` : null
}

/** The linked account as people write it, such as +57 300 555 0143. */
export function writtenNumber(jid: string): string | null {
  const { phone } = contactFrom([jid])
  if (!phone) return null
  return parsePhoneNumberFromString(`+${phone}`)?.formatInternational() ?? `+${phone}`
}

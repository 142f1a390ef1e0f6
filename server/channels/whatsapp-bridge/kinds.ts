import { normalizeMessageContent, type proto } from '@whiskeysockets/baileys'
import type { MessageContent, Quote } from '@/server/channels/schema'
import { pictureOf } from './files'

/** Everything in here was made on a stranger's phone: lengths are cut, numbers are checked, nothing is trusted. */
const SHORT = 1_000
const LONG = 65_536
const CARDS = 100
const PHONES = 20
const OPTIONS = 50
const STATUS = 'status@broadcast'

const short = (value: string | null | undefined) => value?.slice(0, SHORT) || null

/** A place, contact cards or a poll. @returns null for any other kind, and for one that makes no sense. */
export function readKind(content: proto.IMessage): MessageContent | null {
  return readPlace(content) ?? readCards(content) ?? readPoll(content)
}

function readPlace(content: proto.IMessage): MessageContent | null {
  const live = content.liveLocationMessage
  const place = content.locationMessage ?? live
  if (!place) return null
  const { degreesLatitude: latitude, degreesLongitude: longitude } = place
  if (!isWithin(latitude, 90) || !isWithin(longitude, 180)) return null
  const { name, address } = content.locationMessage ?? {}
  return {
    kind: 'location',
    latitude,
    longitude,
    name: short(name),
    address: short(address),
    live: live != null,
  }
}

const isWithin = (degrees: number | null | undefined, most: number): degrees is number =>
  typeof degrees === 'number' && Math.abs(degrees) <= most

function readCards(content: proto.IMessage): MessageContent | null {
  const given = content.contactMessage ? [content.contactMessage] : content.contactsArrayMessage?.contacts
  if (!given?.length) return null
  const cards = given.slice(0, CARDS).map(({ displayName, vcard }) => ({
    name: short(displayName) ?? cardLines(vcard, 'FN')[0]?.value.slice(0, SHORT) ?? '',
    phones: cardLines(vcard, 'TEL')
      .slice(0, PHONES)
      .map(({ name, value }) => ({
        number: value.slice(0, 100),
        // The number that WhatsApp knows the person by: item1.TEL;waid=573001234567:+57 300 1234567
        waId: /;waid=(\d{1,32})(?:;|$)/i.exec(name)?.[1] ?? null,
      })),
  }))
  return { kind: 'contacts', cards }
}

/** Lines of a vCard (RFC 6350) by property, with or without a group before it. */
function cardLines(vcard: string | null | undefined, property: string) {
  return (vcard ?? '')
    .slice(0, LONG)
    .split(/\r?\n/)
    .flatMap((line) => {
      const colon = line.indexOf(':')
      const name = line.slice(0, colon)
      const isIt = colon > 0 && new RegExp(`^(?:[\\w-]+\\.)?${property}(?:;|$)`, 'i').test(name)
      return isIt ? [{ name, value: line.slice(colon + 1).trim() }] : []
    })
}

function readPoll(content: proto.IMessage): MessageContent | null {
  const poll = content.pollCreationMessage ?? content.pollCreationMessageV2 ?? content.pollCreationMessageV3
  if (!poll?.name) return null
  return {
    kind: 'poll',
    question: poll.name.slice(0, LONG),
    options: (poll.options ?? []).slice(0, OPTIONS).map((option) => option.optionName?.slice(0, SHORT) ?? ''),
    // 0: as many as one likes.
    many: poll.selectableOptionsCount !== 1,
  }
}

/** What hangs on any kind: the message it answers, whether it was passed on, the advertisement it came from. */
export function contextOf(content: proto.IMessage): proto.IContextInfo | undefined {
  for (const part of Object.values(content)) {
    if (part && typeof part === 'object' && 'contextInfo' in part && part.contextInfo) return part.contextInfo
  }
  return undefined
}

/** @param textOf the words of a message; @returns null when the message answers none. */
export function readQuote(
  context: proto.IContextInfo | undefined,
  textOf: (content: proto.IMessage) => string | undefined,
): Quote | null {
  const { stanzaId, quotedMessage, remoteJid } = context ?? {}
  // An answer to a status names the status, which is no message of this chat.
  if (!stanzaId || stanzaId.length > 200 || remoteJid === STATUS) return null
  const quoted = normalizeMessageContent(quotedMessage) ?? {}
  return { externalId: stanzaId, text: (textOf(quoted) ?? '').slice(0, LONG), kind: kindOf(quoted) }
}

/** The field that holds a message's content, as product words. */
const KINDS: Record<string, string> = {
  imageMessage: 'image',
  videoMessage: 'video',
  audioMessage: 'audio',
  documentMessage: 'document',
  stickerMessage: 'sticker',
  locationMessage: 'location',
  liveLocationMessage: 'location',
  contactMessage: 'contacts',
  contactsArrayMessage: 'contacts',
  pollCreationMessage: 'poll',
  pollCreationMessageV2: 'poll',
  pollCreationMessageV3: 'poll',
}

function kindOf(content: proto.IMessage): string {
  if (content.audioMessage?.ptt) return 'voice'
  if (content.videoMessage?.gifPlayback) return 'gif'
  for (const field of Object.keys(content)) {
    const kind = KINDS[field]
    if (kind) return kind
  }
  return 'text'
}

/** The company's status that a customer answers: no message of the chat, so it is kept as what it said. */
function readStatusReply(context: proto.IContextInfo | undefined) {
  if (context?.remoteJid !== STATUS || !context.quotedMessage) return {}
  const quoted = normalizeMessageContent(context.quotedMessage) ?? {}
  const { imageMessage, videoMessage, conversation, extendedTextMessage } = quoted
  const text = conversation ?? extendedTextMessage?.text ?? imageMessage?.caption ?? videoMessage?.caption
  return { statusReply: { text: (text ?? '').slice(0, LONG), kind: kindOf(quoted) } }
}

/** Marks of a message that the bubble shows. */
export function readMarks(
  context: proto.IContextInfo | undefined,
  isViewOnce: boolean,
): Pick<MessageContent, 'viewOnce' | 'forwarded' | 'ad' | 'statusReply'> {
  const ad = context?.externalAdReply
  const picture = pictureOf(ad?.thumbnail)
  const hasAd = ad && (ad.sourceId || ad.sourceUrl || ad.title)
  return {
    ...(isViewOnce ? { viewOnce: true } : {}),
    ...(context?.isForwarded ? { forwarded: true } : {}),
    ...readStatusReply(context),
    ...(hasAd
      ? {
          ad: {
            title: short(ad.title),
            body: short(ad.body),
            url: ad.sourceUrl && /^https?:/i.test(ad.sourceUrl) ? ad.sourceUrl.slice(0, 2_000) : null,
            sourceId: ad.sourceId?.slice(0, 200) || null,
            ...(picture ? { thumbnail: picture } : {}),
          },
        }
      : {}),
  }
}

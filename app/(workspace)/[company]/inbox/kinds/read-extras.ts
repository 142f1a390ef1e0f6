import type { ThreadMessage } from '@/server/conversations/schema'

/**
 * What a message carries besides text and file, read with care: it came from a customer's phone and the browser has no
 * zod. What has another shape than channels/schema says counts as absent.
 */
export type Place = {
  latitude: number
  longitude: number
  name: string | null
  address: string | null
  live: boolean
}
export type Card = { name: string; phones: { number: string; waId: string | null }[] }
export type Poll = { options: string[]; many: boolean }
export type Call = {
  video: boolean
  outcome: 'missed' | 'rejected' | 'answered' | 'unknown'
  seconds: number | null
}
export type Ad = { title: string | null; body: string | null; url: string | null; thumbnail: string | null }

type Content = ThreadMessage['content']

const textIn = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const numberIn = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null
const recordIn = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
const listIn = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

export function placeIn(content: Content): Place | null {
  const latitude = numberIn(content?.latitude)
  const longitude = numberIn(content?.longitude)
  if (latitude === null || longitude === null) return null
  return {
    latitude,
    longitude,
    name: textIn(content?.name),
    address: textIn(content?.address),
    live: content?.live === true,
  }
}

export function cardsIn(content: Content): Card[] {
  return listIn(content?.cards).map((card) => {
    const read = recordIn(card)
    const phones = listIn(read?.phones).flatMap((phone) => {
      const number = textIn(recordIn(phone)?.number)
      return number === null ? [] : [{ number, waId: textIn(recordIn(phone)?.waId) }]
    })
    return { name: textIn(read?.name) ?? phones[0]?.number ?? '', phones }
  })
}

export function pollIn(content: Content): Poll {
  return {
    options: listIn(content?.options).flatMap((option) => textIn(option) ?? []),
    many: content?.many === true,
  }
}

const OUTCOMES = ['missed', 'rejected', 'answered'] as const

export function callIn(content: Content): Call {
  return {
    video: content?.video === true,
    outcome: OUTCOMES.find((outcome) => outcome === content?.outcome) ?? 'unknown',
    seconds: numberIn(content?.seconds),
  }
}

export function adIn(content: Content): Ad | null {
  const ad = recordIn(content?.ad)
  if (!ad) return null
  const thumbnail = textIn(ad.thumbnail)
  return {
    title: textIn(ad.title),
    body: textIn(ad.body),
    url: safeAddress(textIn(ad.url)),
    thumbnail: thumbnail && /^[\w+/=]+$/.test(thumbnail) ? `data:image/jpeg;base64,${thumbnail}` : null,
  }
}

/** The company's status that the customer answers. */
export function statusIn(content: Content): { text: string; kind: string } | null {
  const reply = recordIn(content?.statusReply)
  return reply ? { text: textIn(reply.text) ?? '', kind: textIn(reply.kind) ?? 'text' } : null
}

export const isForwarded = (content: Content): boolean => content?.forwarded === true

/** Only the web's own schemes may be pressed. */
function safeAddress(address: string | null): string | null {
  return address !== null && /^https?:\/\//i.test(address) && URL.canParse(address) ? address : null
}

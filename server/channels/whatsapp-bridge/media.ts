import { createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto'
import { Agent } from 'node:https'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { DEFAULT_ORIGIN, getMediaKeys, proto } from '@whiskeysockets/baileys'
import { z } from 'zod'
import { MediaGone } from '@/server/channels/session'

const mediaTypes = ['image', 'video', 'audio', 'document', 'sticker'] as const
export type MediaType = (typeof mediaTypes)[number]

/** What is needed to fetch a file that came in. Made on a stranger's phone, so it never names a host by itself. */
export const mediaSourceSchema = z.object({
  type: z.enum(mediaTypes),
  /** 32 bytes. */
  mediaKey: z.base64().length(44),
  /** On a media host of WhatsApp. */
  directPath: z.string().startsWith('/').max(2_000),
  /** Taken only when it is one of WhatsApp's. */
  host: z.string().max(300).nullable(),
  key: z.object({
    id: z.string().min(1).max(200),
    remoteJid: z.string().min(1).max(100),
    fromMe: z.boolean(),
  }),
})
export type MediaSource = z.infer<typeof mediaSourceSchema>

const MEDIA_HOST = 'mmg.whatsapp.net'
/** A server that says nothing for so long says nothing any more. */
const SILENT_MS = 30_000
const MAC_BYTES = 10

/** The host forgets files after some weeks; the phone that has the message can bring it back. */
class LinkExpired extends Error {
  override name = 'LinkExpired'
}

export type MediaFetching = {
  /** Where another server than WhatsApp's is spoken to, its files come from this machine without TLS. */
  isOffline: boolean
  /** Our own phone uploads the file again. @returns its new path. @throws MediaGone when the phone has lost it. */
  renew: (source: MediaSource) => Promise<string>
}

/** Plain bytes of a file that came in. @throws MediaGone; ZodError for a source that is none. */
export async function fetchMedia(given: unknown, { isOffline, renew }: MediaFetching): Promise<Readable> {
  const source = mediaSourceSchema.parse(given)
  try {
    return await openMedia(source, isOffline)
  } catch (error) {
    if (!(error instanceof LinkExpired)) throw error
  }
  const directPath = await renew(source)
  try {
    return await openMedia(mediaSourceSchema.parse({ ...source, directPath }), isOffline)
  } catch (error) {
    throw error instanceof LinkExpired ? new MediaGone() : error
  }
}

/** The message of a file, as far as the phone needs it to find the file again. */
export const messageToRenew = ({ mediaKey, directPath, key }: MediaSource) => ({
  key,
  // Whatever kind it was: only the key is looked at.
  message: proto.Message.fromObject({
    documentMessage: { mediaKey: Buffer.from(mediaKey, 'base64'), directPath },
  }),
})

/**
 * Baileys' own download lets an error of the network end the process, and does not look at the MAC; hence this one.
 * The path begins with a slash, so that it cannot name another host.
 */
export function mediaUrl({ directPath, host }: MediaSource, isOffline: boolean): string {
  if (isOffline && host && /^(?:127\.0\.0\.1|localhost):\d+$/.test(host)) return `http://${host}${directPath}`
  const isWhatsApps = host !== null && /^[\w.-]+\.whatsapp\.net$/.test(host)
  return `https://${isWhatsApps ? host : MEDIA_HOST}${directPath}`
}

/**
 * For uploads to a server on this machine, which has no certificate. Baileys knows only https. Nothing but loopback is
 * spoken to in this way.
 */
export function localAgent(): Agent {
  const agent = new Agent()
  agent.createConnection = ({ port }) => connect(Number(port), '127.0.0.1')
  return agent
}

async function openMedia(source: MediaSource, isOffline: boolean): Promise<Readable> {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(new Error('the media host is silent')), SILENT_MS)
  try {
    const response = await fetch(mediaUrl(source, isOffline), {
      headers: { origin: DEFAULT_ORIGIN },
      redirect: 'error',
      signal: abort.signal,
    })
    if (response.status === 404 || response.status === 410) throw new LinkExpired()
    if (!response.ok || !response.body) throw new Error(`media host answers ${response.status}`)
    const keys = await getMediaKeys(Buffer.from(source.mediaKey, 'base64'), source.type)
    return Readable.from(opened(response.body, keys, { abort, timer }), { objectMode: false })
  } catch (error) {
    clearTimeout(timer)
    abort.abort()
    throw error
  }
}

type Keys = Awaited<ReturnType<typeof getMediaKeys>>

/** Ciphertext with its MAC behind it -> plain bytes. Fails at the end when the MAC is not the file's. */
async function* opened(
  body: NonNullable<Response['body']>,
  { iv, cipherKey, macKey }: Keys,
  watch: { abort: AbortController; timer: NodeJS.Timeout },
): AsyncGenerator<Buffer> {
  if (!macKey) throw new Error('a media key gives three keys')
  const decipher = createDecipheriv('aes-256-cbc', cipherKey, iv)
  const hmac = createHmac('sha256', macKey).update(iv)
  let mac = Buffer.alloc(0)
  try {
    for await (const piece of body) {
      watch.timer.refresh()
      const all = Buffer.concat([mac, piece])
      const ready = all.subarray(0, Math.max(0, all.length - MAC_BYTES))
      mac = all.subarray(ready.length)
      hmac.update(ready)
      const plain = decipher.update(ready)
      if (plain.length > 0) yield plain
    }
    const isWhole = mac.length === MAC_BYTES && timingSafeEqual(hmac.digest().subarray(0, MAC_BYTES), mac)
    if (!isWhole) throw new Error('the file is not the one that was sent')
    const last = decipher.final()
    if (last.length > 0) yield last
  } finally {
    clearTimeout(watch.timer)
    watch.abort.abort()
  }
}

/** The media host: encrypted files by their paths, over plain http on loopback. What is in them only phones know. */
import { createDecipheriv } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type AnyMediaMessageContent,
  aesEncryptGCM,
  getMediaKeys,
  hkdf,
  type MediaType,
  prepareWAMessageMedia,
  proto,
} from '@whiskeysockets/baileys'
import type { Journal } from './journal'

const MAC_BYTES = 10

/** What a phone sends besides words. */
export type FileToSay = {
  kind: 'image' | 'video' | 'gif' | 'audio' | 'voice' | 'document' | 'sticker'
  /** The plain bytes, base64. */
  base64: string
  mediaType: string
  caption?: string | undefined
  fileName?: string | undefined
  seconds?: number | undefined
  /** 64 heights, 0 to 100. */
  waveform?: number[] | undefined
  width?: number | undefined
  height?: number | undefined
  /** A JPEG, base64. */
  thumbnail?: string | undefined
  viewOnce?: boolean | undefined
}

/** A file as the phone that received it has it. */
export type OpenedFile = {
  kind: FileToSay['kind']
  mediaType: string
  caption: string | null
  fileName: string | null
  seconds: number | null
  waveform: number[] | null
  base64: string
}

export type MediaHost = Awaited<ReturnType<typeof openMediaHost>>

export async function openMediaHost(journal: Journal) {
  const files = new Map<string, Buffer>()
  /** isCutOff: downloads break in the middle. */
  const settings = { isCutOff: false }
  let uploads = 0

  const store = (type: string, body: Buffer) => {
    const path = `/${type}/${++uploads}`
    files.set(path, body)
    return { url: `http://${host()}${path}`, direct_path: path }
  }

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (request.method === 'POST') {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(Buffer.from(chunk))
      journal.note('uploaded', { path: pathname })
      return response.end(JSON.stringify(store(pathname.split('/')[2] ?? 'file', Buffer.concat(chunks))))
    }
    const body = files.get(pathname)
    if (!body) return response.writeHead(410).end()
    journal.note('downloaded', { path: pathname })
    response.writeHead(200, { 'content-length': body.length })
    if (!settings.isCutOff) return response.end(body)
    response.write(body.subarray(0, body.length / 2), () => response.destroy())
  }
  const server = createServer((request, response) => {
    void answer(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = () => `127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    host,
    settings,

    /** Links die; the phones still have the files. */
    expire(): void {
      const old = [...files]
      files.clear()
      for (const [path, body] of old) files.set(`/kept${path}`, body)
    },

    /** A phone encrypts a file, uploads it and has the message for it. */
    async pack(file: FileToSay): Promise<proto.IMessage> {
      const message = await prepareWAMessageMedia(contentOf(file), {
        upload: async (path, { mediaType }) => {
          const { url, direct_path } = store(mediaType, await readFile(path))
          return { mediaUrl: url, directPath: direct_path }
        },
      })
      return file.viewOnce ? { viewOnceMessageV2: { message } } : message
    },

    /** What is in the file of a message that a phone received; undefined when it has none. */
    async open(message: proto.IMessage): Promise<OpenedFile | undefined> {
      const found = findFile(message)
      if (!found) return undefined
      const { part, type, kind } = found
      const body = files.get(part.directPath ?? '')
      if (!body) throw new Error('the file of a message is not on the host')
      const { iv, cipherKey } = await getMediaKeys(part.mediaKey, type)
      const decipher = createDecipheriv('aes-256-cbc', cipherKey, iv)
      const plain = Buffer.concat([decipher.update(body.subarray(0, -MAC_BYTES)), decipher.final()])
      const waveform = 'waveform' in part && part.waveform?.length ? Array.from(part.waveform) : null
      return {
        kind,
        mediaType: part.mimetype ?? '',
        caption: ('caption' in part && part.caption) || null,
        fileName: ('fileName' in part && part.fileName) || null,
        seconds: ('seconds' in part && part.seconds) || null,
        waveform,
        base64: plain.toString('base64'),
      }
    },

    /** The owner's phone uploads the file of a message again. @returns undefined when it has none. */
    renew(message: proto.IMessage, id: string): { ciphertext: Uint8Array; iv: Buffer } | undefined {
      const part = findFile(message)?.part
      const body = part && files.get(`/kept${part.directPath}`)
      if (!part?.mediaKey || !body) return undefined
      const { direct_path: directPath } = store('renewed', body)
      const result = proto.MediaRetryNotification.ResultType.SUCCESS
      const words = proto.MediaRetryNotification.encode({ stanzaId: id, directPath, result }).finish()
      const key = hkdf(part.mediaKey, 32, { info: 'WhatsApp Media Retry Notification' })
      const iv = Buffer.alloc(12, 7)
      return { ciphertext: aesEncryptGCM(words, key, iv, Buffer.from(id)), iv }
    },

    async close() {
      server.closeAllConnections()
      const closed = once(server, 'close')
      server.close()
      await closed
    },
  }
}

function contentOf(file: FileToSay): AnyMediaMessageContent {
  const media = Buffer.from(file.base64, 'base64')
  const { caption, fileName, width, height } = file
  const common = { mimetype: file.mediaType, ...(caption !== undefined && { caption }) }
  const size = width && height ? { width, height } : {}
  const picture = { jpegThumbnail: file.thumbnail ?? '', ...size }
  const sound = { mimetype: file.mediaType, seconds: file.seconds ?? 0 }
  const waveform = file.waveform ? { waveform: Uint8Array.from(file.waveform) } : {}
  switch (file.kind) {
    case 'image':
      return { image: media, ...common, ...picture }
    case 'video':
      return { video: media, ...common, ...picture, ...{ seconds: file.seconds ?? 0 } }
    case 'gif':
      return { video: media, gifPlayback: true, ...common, ...picture }
    case 'audio':
      return { audio: media, ...sound }
    case 'voice':
      return { audio: media, ptt: true, ...sound, ...waveform }
    case 'document':
      return { document: media, ...common, ...(fileName !== undefined && { fileName }) }
    case 'sticker':
      return { sticker: media, mimetype: file.mediaType, ...size }
    default:
      return file.kind satisfies never
  }
}

function findFile(message: proto.IMessage) {
  const inner = message.viewOnceMessageV2?.message ?? message.documentWithCaptionMessage?.message ?? message
  const { imageMessage, videoMessage, audioMessage, documentMessage, stickerMessage } = inner
  const as = <Part>(kind: FileToSay['kind'], type: MediaType, part: Part) => ({ kind, type, part })
  if (imageMessage) return as('image', 'image', imageMessage)
  if (videoMessage) return as(videoMessage.gifPlayback ? 'gif' : 'video', 'video', videoMessage)
  if (audioMessage) return as(audioMessage.ptt ? 'voice' : 'audio', 'audio', audioMessage)
  if (documentMessage) return as('document', 'document', documentMessage)
  if (stickerMessage) return as('sticker', 'sticker', stickerMessage)
  return undefined
}

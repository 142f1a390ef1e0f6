import type { proto } from '@whiskeysockets/baileys'
import { type FileKind, type IncomingFile, incomingFileSchema } from '@/server/channels/schema'
import { type MediaSource, type MediaType, mediaSourceSchema } from './media'

const SHORT = 1_000
const THUMBNAIL_BYTES = 20_000
/** Heights of a voice note's picture, 0 to 100. */
const WAVEFORM = 64

/** The message that the file came with, as our own phone finds it again when the link has expired. */
export type MessageKey = MediaSource['key']

type ReadFile = { kind: FileKind; caption: string; file: IncomingFile }

/** What all of WhatsApp's messages with a file have, each under its own name. */
type Found = {
  kind: FileKind
  type: MediaType
  part: Pick<
    proto.Message.IVideoMessage & proto.Message.IDocumentMessage & proto.Message.IAudioMessage,
    'mediaKey' | 'directPath' | 'url' | 'mimetype' | 'fileLength' | 'fileSha256' | 'seconds'
  > & {
    caption?: string | null | undefined
    fileName?: string | null | undefined
    width?: number | null | undefined
    height?: number | null | undefined
    waveform?: Uint8Array | null | undefined
    thumbnail?: Uint8Array | null | undefined
  }
}

/**
 * A picture, video, recording, document or sticker: what the sender claims about it, checked, and what is needed to
 * fetch it. @returns null for any other kind, and for a file that nobody could fetch.
 */
export function readFile(content: proto.IMessage, key: MessageKey): ReadFile | null {
  const found = findFile(content)
  if (!found) return null
  const { kind, type, part } = found
  const source = mediaSourceSchema.safeParse({
    type,
    mediaKey: Buffer.from(part.mediaKey ?? []).toString('base64'),
    directPath: part.directPath,
    host: hostOf(part.url),
    key,
  })
  if (!source.success) return null
  const file = incomingFileSchema.safeParse({
    fileName: part.fileName?.slice(0, 500) || null,
    mediaType: part.mimetype?.slice(0, 200) || 'application/octet-stream',
    bytes: wholeOrNull(part.fileLength, 0, Number.MAX_SAFE_INTEGER),
    sha256: part.fileSha256?.length === 32 ? Buffer.from(part.fileSha256).toString('hex') : null,
    width: wholeOrNull(part.width, 1, 100_000),
    height: wholeOrNull(part.height, 1, 100_000),
    seconds: wholeOrNull(part.seconds, 0, Number.MAX_SAFE_INTEGER),
    waveform: heightsOf(part.waveform),
    thumbnail: pictureOf(part.thumbnail),
    source: source.data,
  })
  return file.success ? { kind, caption: part.caption?.slice(0, 65_536) ?? '', file: file.data } : null
}

function findFile(content: proto.IMessage): Found | null {
  const { imageMessage, audioMessage, documentMessage } = content
  if (imageMessage) return { kind: 'image', type: 'image', part: withPicture(imageMessage) }
  const video = content.videoMessage ?? content.ptvMessage
  if (video) return { kind: video.gifPlayback ? 'gif' : 'video', type: 'video', part: withPicture(video) }
  if (audioMessage) return { kind: audioMessage.ptt ? 'voice' : 'audio', type: 'audio', part: audioMessage }
  if (documentMessage) {
    const fileName = documentMessage.fileName ?? documentMessage.title
    return { kind: 'document', type: 'document', part: { ...withPicture(documentMessage), fileName } }
  }
  const sticker = content.stickerMessage ?? content.lottieStickerMessage?.message?.stickerMessage
  return sticker ? { kind: 'sticker', type: 'sticker', part: sticker } : null
}

const withPicture = <Part extends { jpegThumbnail?: Uint8Array | null }>(part: Part) => ({
  ...part,
  thumbnail: part.jpegThumbnail,
})

/** Protobuf has 64 bits; a number that makes no sense is none. */
function wholeOrNull(value: unknown, least: number, most: number): number | null {
  if (value === null || value === undefined) return null
  const number = Number(value)
  return Number.isInteger(number) && number >= least && number <= most ? number : null
}

const heightsOf = (waveform: Uint8Array | null | undefined) =>
  waveform?.length === WAVEFORM ? Array.from(waveform, (height) => Math.min(100, height)) : null

/** JPEG begins with FF D8. */
export const pictureOf = (bytes: Uint8Array | null | undefined) =>
  bytes && bytes.length <= THUMBNAIL_BYTES && bytes[0] === 0xff && bytes[1] === 0xd8
    ? Buffer.from(bytes).toString('base64')
    : null

function hostOf(url: string | null | undefined): string | null {
  return url && url.length <= SHORT * 2 && URL.canParse(url) ? new URL(url).host : null
}

/** What kind of message a file makes, how large it may be, and how it is handed out. Pure. */
export const mediaKinds = ['image', 'video', 'gif', 'audio', 'voice', 'document', 'sticker'] as const
export type MediaKind = (typeof mediaKinds)[number]

const MB = 1024 * 1024

/** Most bytes of a file that we keep. A channel may take less. */
export const LARGEST_BYTES: Readonly<Record<MediaKind, number>> = {
  image: 16 * MB,
  video: 64 * MB,
  gif: 16 * MB,
  audio: 16 * MB,
  voice: 16 * MB,
  document: 100 * MB,
  sticker: MB,
}
export const LARGEST_FILE = Math.max(...Object.values(LARGEST_BYTES))

const IMAGES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif']
const VIDEOS = ['video/mp4', 'video/3gpp', 'video/quicktime', 'video/webm', 'video/x-m4v']
const AUDIOS = [
  'audio/aac',
  'audio/amr',
  'audio/flac',
  'audio/mp4',
  'audio/mpeg',
  'audio/ogg',
  'audio/opus',
  'audio/wav',
  'audio/webm',
  'audio/x-m4a',
]
const INLINE = new Set([...IMAGES, ...VIDEOS, ...AUDIOS, 'application/pdf'])

/** A media type without its parameters. */
export const bareType = (mediaType: string) => (mediaType.split(';')[0] ?? '').trim().toLowerCase()

/** @param mediaType as found in the bytes, not as told. */
export function kindOfUpload(mediaType: string, isRecording: boolean): MediaKind {
  const type = bareType(mediaType)
  if (AUDIOS.includes(type) || type.startsWith('audio/')) return isRecording ? 'voice' : 'audio'
  if (type !== 'image/gif' && IMAGES.includes(type)) return 'image'
  return VIDEOS.includes(type) ? 'video' : 'document'
}

/** Whether a browser may show it in place. Anything that may hold a script is saved to disk instead. */
export const isInline = (mediaType: string) => INLINE.has(bareType(mediaType))

/**
 * One range of a file by the Range header (RFC 9110, 14.2).
 * @returns null for the whole file: no range, several, or one in a unit that we do not know.
 */
export function rangeOf(
  header: string | null,
  bytes: number,
): { start: number; end: number } | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (!match || (!match[1] && !match[2])) return null
  const [first, last] = [match[1] ?? '', match[2] ?? '']
  const start = first ? Number(first) : Math.max(0, bytes - Number(last))
  const end = first && last ? Math.min(Number(last), bytes - 1) : bytes - 1
  return start < bytes && start <= end ? { start, end } : 'unsatisfiable'
}

const BAD_IN_NAMES = /[\p{Cc}\p{Cf}<>:"/\\|?*]/gu

/** A name that every system can save; never a path. */
export function safeFileName(name: string | null | undefined, fallback: string): string {
  const last = (name ?? '').split(/[\\/]/).at(-1) ?? ''
  const clean = last
    .toWellFormed()
    .replace(BAD_IN_NAMES, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  return clean.slice(-200) || fallback
}

/** Content-Disposition with the name in both spellings (RFC 6266). */
export function dispositionOf(mediaType: string, fileName: string): string {
  const ascii = fileName
    .normalize('NFD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/["\\]/g, '')
  const way = isInline(mediaType) ? 'inline' : 'attachment'
  return `${way}; filename="${ascii || 'file'}"; filename*=UTF-8''${encodeURIComponent(fileName)}`
}

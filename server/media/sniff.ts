import { fileTypeFromBuffer } from 'file-type'
import { bareType } from './rules'

/** So many bytes from the start tell what a file is. */
export const HEAD_BYTES = 4_100

const OFFICE =
  /^application\/(vnd\.openxmlformats-officedocument\.[a-z.]+|vnd\.oasis\.opendocument\.[a-z.]+)$/
const OLD_OFFICE = /^application\/(msword|vnd\.ms-(excel|powerpoint))$/
const MARKUP = /^\s*(?:<\?xml|<!doctype|<!--|<[a-z])/i

/**
 * What a file is, by its bytes. What the sender says counts only inside what the bytes allow: an office document is a
 * zip, and its own word says which. Text that looks like markup is never called plain.
 * @param told the media type that came with it.
 */
export async function sniffMediaType(head: Uint8Array, told: string): Promise<string> {
  const found = await fileTypeFromBuffer(head)
  const claim = bareType(told)
  if (found) {
    if (found.mime === 'application/zip' && OFFICE.test(claim)) return claim
    if (found.mime === 'application/x-cfb' && OLD_OFFICE.test(claim)) return claim
    // The same containers carry sound alone and moving pictures.
    if (found.mime === 'video/mp4' && claim === 'audio/mp4') return claim
    if (found.mime === 'video/webm' && claim === 'audio/webm') return claim
    return found.mime
  }
  const text = textOf(head)
  if (text === null) return 'application/octet-stream'
  if (MARKUP.test(text) || /<(?:svg|html|script|body|iframe)\b/i.test(text)) return 'text/html'
  return claim === 'text/csv' ? claim : 'text/plain'
}

/** The bytes as text, or null when they are none. The last character may be cut. */
function textOf(head: Uint8Array): string | null {
  if (head.includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
  } catch {
    return null
  }
}

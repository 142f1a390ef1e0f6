import type { Readable } from 'node:stream'
import { z } from 'zod'
import type { MediaKind } from './rules'

const whole = (most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value <= most)
    .nullable()
    .catch(null)

/** A header holds little, and Node takes 16 kB of all of them together. */
const THUMBNAIL_BYTES = 8_192

const isJpeg = (bytes: Uint8Array) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff

/** What a browser tells about a file that it sends; whatever is wrong is as if it were not told. */
const uploadHeadersSchema = z.object({
  mediaType: z.string().max(200).catch('application/octet-stream'),
  fileName: z
    .string()
    .max(3_000)
    .transform((name, issues) => {
      try {
        return decodeURIComponent(name)
      } catch {
        issues.addIssue('not an encoded name')
        return z.NEVER
      }
    })
    .nullable()
    .catch(null),
  seconds: whole(86_400),
  width: whole(100_000),
  height: whole(100_000),
  /** 64 heights from 0 to 100, as JSON or with commas between. */
  waveform: z
    .string()
    .max(400)
    .transform((text) =>
      text
        .replace(/[[\]\s]/g, '')
        .split(',')
        .map(Number),
    )
    .pipe(z.array(z.number().int().min(0).max(100)).length(64))
    .nullable()
    .catch(null),
  /** Base64 of a JPEG. */
  thumbnail: z
    .base64()
    .transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
    .refine((bytes) => bytes.length <= THUMBNAIL_BYTES && isJpeg(bytes))
    .nullable()
    .catch(null),
})
export type UploadHeaders = z.infer<typeof uploadHeadersSchema>

export const readUploadHeaders = (headers: Headers): UploadHeaders =>
  uploadHeadersSchema.parse({
    mediaType: headers.get('content-type'),
    fileName: headers.get('x-file-name'),
    seconds: headers.get('x-seconds'),
    width: headers.get('x-width'),
    height: headers.get('x-height'),
    waveform: headers.get('x-waveform'),
    thumbnail: headers.get('x-thumbnail'),
  })

/** A file that is with us and in no message yet. */
export type UploadedFile = {
  id: string
  kind: MediaKind
  fileName: string
  mediaType: string
  bytes: number
  width: number | null
  height: number | null
  seconds: number | null
}

/** Where the bytes of files are. Keys are ours; nothing in them comes from outside. */
export type MediaStorage = {
  /** Writes a stream; when it fails nothing is left behind. The same key again replaces. */
  put: (key: string, body: Readable) => Promise<void>
  /** @param range first and last byte, both included. @throws when there is nothing under the key. */
  read: (key: string, range?: { start: number; end: number }) => Promise<Readable>
  /** Removing what is not there is no error. */
  remove: (key: string) => Promise<void>
}

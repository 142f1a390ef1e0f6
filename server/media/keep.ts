import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { DomainError } from '@/server/kernel/errors'
import { LARGEST_FILE } from './rules'
import type { MediaStorage } from './schema'
import { HEAD_BYTES, sniffMediaType } from './sniff'
import { mediaStorage } from './storage'

export type KeptFile = { bytes: number; sha256: string; mediaType: string }

/**
 * Streams a file into the storage: counted, hashed and looked at on the way, never held whole.
 * @param limits told: the media type that came with it; mostFor: most bytes once its true type is known.
 * @throws DomainError LIMIT_REACHED `fileTooLarge`, INVALID `fileEmpty`; then nothing is left behind.
 */
export async function keepFile(
  key: string,
  source: Readable,
  limits: { told: string; mostFor: (mediaType: string) => number },
  storage: MediaStorage = mediaStorage(),
): Promise<KeptFile> {
  const hash = createHash('sha256')
  const head: Buffer[] = []
  let bytes = 0
  let most = LARGEST_FILE
  let mediaType: string | null = null
  const look = async () => {
    mediaType = await sniffMediaType(Buffer.concat(head).subarray(0, HEAD_BYTES), limits.told)
    most = limits.mostFor(mediaType)
  }
  const tooLarge = () => new DomainError('LIMIT_REACHED', 'fileTooLarge', { field: 'file' })
  async function* measured(): AsyncGenerator<Buffer> {
    for await (const piece of source) {
      const chunk = Buffer.from(piece)
      bytes += chunk.length
      hash.update(chunk)
      if (mediaType === null) {
        head.push(chunk)
        if (bytes >= HEAD_BYTES) await look()
      }
      if (bytes > most) throw tooLarge()
      yield chunk
    }
    if (bytes === 0) throw new DomainError('INVALID', 'fileEmpty', { field: 'file' })
    if (mediaType === null) await look()
    if (bytes > most) throw tooLarge()
  }
  await storage.put(key, Readable.from(measured(), { objectMode: false }))
  return { bytes, sha256: hash.digest('hex'), mediaType: mediaType ?? 'application/octet-stream' }
}

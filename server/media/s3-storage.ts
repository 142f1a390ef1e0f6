import { Readable } from 'node:stream'
import { DeleteObjectCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import type { MediaStorage } from './schema'

export type S3Settings = {
  bucket: string
  region: string
  /** Null: Amazon's own. */
  endpoint: string | null
  /** The bucket in the path and not in the host, as most other makers want it. */
  pathStyle: boolean
  /** Null: the machine's own rights (role, profile). */
  accessKeyId: string | null
  secretAccessKey: string | null
}

/** Any store that speaks S3. Streams go out in parts; a part is all that is ever held. */
export function s3Storage(settings: S3Settings): MediaStorage {
  const { bucket: Bucket, endpoint, accessKeyId, secretAccessKey } = settings
  const client = new S3Client({
    region: settings.region,
    forcePathStyle: settings.pathStyle,
    // Checksums that only Amazon knows would be refused elsewhere.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(endpoint ? { endpoint } : {}),
    ...(accessKeyId && secretAccessKey ? { credentials: { accessKeyId, secretAccessKey } } : {}),
  })
  return {
    put: async (Key, Body) => {
      // The body's own failure is the one to tell, not what the library makes of it.
      const broken = new Promise<never>((_, reject) => Body.once('error', reject))
      const upload = new Upload({ client, params: { Bucket, Key, Body }, leavePartsOnError: false })
      try {
        await Promise.race([upload.done(), broken])
      } catch (error) {
        await upload.abort()
        throw error
      }
    },
    read: async (Key, range) => {
      const Range = range ? `bytes=${range.start}-${range.end}` : undefined
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, Range }))
      if (!(Body instanceof Readable)) throw new Error('the store answered without a body')
      return Body
    },
    remove: async (Key) => {
      await client.send(new DeleteObjectCommand({ Bucket, Key }))
    },
  }
}

import { env } from '@/server/kernel/env'
import { folderStorage } from './folder-storage'
import { s3Storage } from './s3-storage'
import type { MediaStorage } from './schema'

let chosen: MediaStorage | undefined

/** The folder DATA_DIR/media, or the bucket that S3_BUCKET names. */
export function mediaStorage(): MediaStorage {
  chosen ??= env('s3Bucket') ? s3Storage(s3Settings(env('s3Bucket') ?? '')) : folderStorage(env('dataDir'))
  return chosen
}

const s3Settings = (bucket: string) => ({
  bucket,
  region: env('s3Region'),
  endpoint: env('s3Endpoint') ?? null,
  pathStyle: env('s3PathStyle') ?? env('s3Endpoint') !== undefined,
  accessKeyId: env('s3AccessKeyId') ?? null,
  secretAccessKey: env('s3SecretAccessKey') ?? null,
})

export const storageKeyOf = (tenantId: string, attachmentId: string) =>
  `${tenantId}/${attachmentId.slice(-2)}/${attachmentId}`

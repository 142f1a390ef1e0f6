import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { newId } from '@/server/kernel/ids'
import type { MediaStorage } from './schema'

/** Files in a folder of this machine. A file appears under its name when it is whole, never before. */
export function folderStorage(dataDir: string): MediaStorage {
  const pathOf = (key: string) => join(dataDir, 'media', ...key.split('/'))
  return {
    put: async (key, body) => {
      const path = pathOf(key)
      const unfinished = `${path}.${newId()}.part`
      await mkdir(dirname(path), { recursive: true })
      try {
        await pipeline(body, createWriteStream(unfinished, { mode: 0o600 }))
        await rename(unfinished, path)
      } catch (error) {
        await rm(unfinished, { force: true })
        throw error
      }
    },
    read: async (key, range) => {
      const file = await open(pathOf(key), 'r')
      return createReadStream('', { fd: file, autoClose: true, ...range })
    },
    remove: (key) => rm(pathOf(key), { force: true }),
  }
}

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepFile } from './keep'
import { s3Storage } from './s3-storage'
import type { MediaStorage } from './schema'

/** As little of S3 as the driver speaks: objects by path, parts, ranges. */
const objects = new Map<string, Buffer>()
const uploads = new Map<string, Map<number, Buffer>>()
const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://s3')
  const body = await buffer(request)
  const uploadId = url.searchParams.get('uploadId')
  if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256')) response.writeHead(403).end()
  else if (request.method === 'POST' && url.searchParams.has('uploads')) {
    uploads.set(url.pathname, new Map())
    response.end(
      `<InitiateMultipartUploadResult><UploadId>${url.pathname}</UploadId></InitiateMultipartUploadResult>`,
    )
  } else if (request.method === 'PUT' && uploadId) {
    uploads.get(uploadId)?.set(Number(url.searchParams.get('partNumber')), body)
    response.setHeader('etag', '"part"').end()
  } else if (request.method === 'POST' && uploadId) {
    const parts = [...(uploads.get(uploadId) ?? [])].sort(([left], [right]) => left - right)
    objects.set(url.pathname, Buffer.concat(parts.map(([, part]) => part)))
    uploads.delete(uploadId)
    response.end('<CompleteMultipartUploadResult><ETag>"whole"</ETag></CompleteMultipartUploadResult>')
  } else if (request.method === 'DELETE') {
    if (uploadId) uploads.delete(uploadId)
    else objects.delete(url.pathname)
    response.writeHead(204).end()
  } else if (request.method === 'PUT') {
    objects.set(url.pathname, body)
    response.setHeader('etag', '"whole"').end()
  } else {
    const found = objects.get(url.pathname)
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? []
    if (!found) response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>')
    else if (first && last) response.writeHead(206).end(found.subarray(Number(first), Number(last) + 1))
    else response.end(found)
  }
})
let storage: MediaStorage

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  storage = s3Storage({
    bucket: 'media',
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pathStyle: true,
    accessKeyId: 'key',
    secretAccessKey: 'secret',
  })
})
afterAll(() => server.close())

const stream = (bytes: Buffer) =>
  Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += 64_000) yield bytes.subarray(at, at + 64_000)
    })(),
  )

test.each([
  ['a small file', 10_000],
  ['a file of several parts', 12_000_000],
])('%s comes back from an S3 store byte for byte, whole and in part', async (_, size) => {
  const bytes = Buffer.alloc(size, 'ikono ')
  const kept = await keepFile('t/aa/file', stream(bytes), { told: '', mostFor: () => 1e9 }, storage)
  expect(kept.bytes).toBe(size)
  expect((await buffer(await storage.read('t/aa/file'))).equals(bytes)).toBe(true)
  expect((await buffer(await storage.read('t/aa/file', { start: 6, end: 10 }))).toString()).toBe('ikono')
  await storage.remove('t/aa/file')
  await expect(storage.read('t/aa/file')).rejects.toThrow()
})

test('a file that turns out too large leaves neither object nor parts in the store', async () => {
  const keeping = keepFile(
    't/aa/big',
    stream(Buffer.alloc(12_000_000)),
    { told: '', mostFor: () => 11_000_000 },
    storage,
  )
  await expect(keeping).rejects.toMatchObject({ reason: 'fileTooLarge' })
  expect([...objects.keys()]).toEqual([])
  expect([...uploads.keys()]).toEqual([])
})

import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { GET } from '@/app/api/media/[token]/route'
import { POST } from '@/app/api/media/route'
import { createCompany, type TestCompany, type TestMember } from '@/tests/support/factories'
import { mediaAddress } from './address'
import { folderStorage } from './folder-storage'
import { keepFile } from './keep'

const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n')

async function leave(company: TestCompany, body: Buffer, more: Record<string, string> = {}) {
  const headers = await company.owner.headers()
  headers.set('origin', 'http://localhost:3000')
  headers.set('host', 'localhost:3000')
  headers.set('content-length', String(body.length))
  for (const [name, value] of Object.entries(more)) headers.set(name, value)
  const address = `http://localhost:3000/api/media?company=${company.slug}`
  return POST(new Request(address, { method: 'POST', headers, body: new Uint8Array(body) }))
}

async function open(address: string, who: TestMember, more: Record<string, string> = {}) {
  const headers = await who.headers()
  for (const [name, value] of Object.entries(more)) headers.set(name, value)
  const params = Promise.resolve({ token: address.slice('/api/media/'.length) })
  return GET(new Request(`http://localhost:3000${address}`, { headers }), { params })
}

async function left(company: TestCompany, body: Buffer, more: Record<string, string> = {}) {
  const { attachment } = await (await leave(company, body, more)).json()
  return { attachment, address: mediaAddress(company.tenantId, attachment.id, new Date()) }
}

test('a member leaves a file and gets the same bytes back, whole or in part', async () => {
  const company = await createCompany()
  const { attachment, address } = await left(company, PDF, { 'x-file-name': 'cotizaci%C3%B3n.pdf' })
  expect(attachment).toMatchObject({
    kind: 'document',
    fileName: 'cotización.pdf',
    mediaType: 'application/pdf',
  })
  const whole = await open(address, company.owner)
  expect(Buffer.from(await whole.arrayBuffer())).toEqual(PDF)
  expect(whole.headers.get('x-content-type-options')).toBe('nosniff')
  expect(whole.headers.get('cache-control')).toMatch(/^private/)
  const part = await open(address, company.owner, { range: 'bytes=1-3' })
  expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
    206,
    `bytes 1-3/${PDF.length}`,
    'PDF',
  ])
  expect((await open(address, company.owner, { range: 'bytes=900-' })).status).toBe(416)
})

test('a page that calls itself a picture is handed out as a file to save, in a sandbox', async () => {
  const company = await createCompany()
  const { address } = await left(company, Buffer.from('<html><script>alert(1)</script></html>'), {
    'content-type': 'image/png',
    'x-file-name': 'gato.png',
  })
  const answer = await open(address, company.owner)
  await answer.text()
  expect(answer.headers.get('content-type')).toBe('application/octet-stream')
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
  expect(answer.headers.get('content-security-policy')).toMatch(/sandbox/)
})

test('another company, a colleague before it is sent, and a changed address all find nothing', async () => {
  const [company, other] = await Promise.all([createCompany(), createCompany()])
  const agent = await company.agent()
  const { attachment, address } = await left(company, PDF)
  const changed = `${address.slice(0, -3)}${address.endsWith('AAA') ? 'BBB' : 'AAA'}`
  const yesterday = mediaAddress(company.tenantId, attachment.id, new Date(Date.now() - 3 * 86_400_000))
  const elsewhere = mediaAddress(other.tenantId, attachment.id, new Date())
  const answers = [
    await open(address, other.owner),
    await open(address, agent),
    await open(changed, company.owner),
    await open(yesterday, company.owner),
    await open(elsewhere, other.owner),
  ]
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
})

test('a file that says it is larger than all we keep is refused before it is read', async () => {
  const company = await createCompany()
  const answer = await leave(company, PDF, { 'content-length': String(1024 ** 3) })
  expect(answer.status).toBe(413)
  expect((await answer.json()).error).toMatchObject({ reason: 'fileTooLarge', field: 'file' })
})

test('a file that turns out too large on the way leaves nothing behind', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'media-'))
  const endless = Readable.from(
    (function* () {
      for (;;) yield Buffer.alloc(10_000, 'a')
    })(),
  )
  const keeping = keepFile(
    'a/b/c',
    endless,
    { told: 'text/plain', mostFor: () => 100_000 },
    folderStorage(dir),
  )
  await expect(keeping).rejects.toMatchObject({ reason: 'fileTooLarge' })
  expect(readdirSync(join(dir, 'media/a/b'))).toEqual([])
})

test('the fingerprint of a kept file is that of its bytes', async () => {
  const storage = folderStorage(mkdtempSync(join(tmpdir(), 'media-')))
  const bytes = Buffer.from('x'.repeat(300_000))
  const kept = await keepFile(
    'a/b/c',
    Readable.from([bytes]),
    { told: '', mostFor: () => 1_000_000 },
    storage,
  )
  expect(kept).toMatchObject({ bytes: 300_000, sha256: createHash('sha256').update(bytes).digest('hex') })
  expect(await buffer(await storage.read('a/b/c', { start: 2, end: 4 }))).toEqual(Buffer.from('xxx'))
  await storage.remove('a/b/c')
  await expect(storage.read('a/b/c')).rejects.toThrow(/ENOENT/)
})

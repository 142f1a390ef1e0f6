import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FileToSay } from '@/bridge-worker/testing/whatsapp-emulator/media'
import type { FileKind, OutgoingContent } from '@/server/channels/schema'
import { MediaGone } from '@/server/channels/session'
import { silenceLibsignal } from './silence-libsignal'
import { ANA, COMPANY, makeRig, type Rig } from './test-rig'

silenceLibsignal()

let rig: Rig

beforeEach(async () => {
  rig = await makeRig()
})

afterEach(async () => {
  const { unknown } = rig.emulator.stats()
  await rig.close()
  expect(Object.keys(unknown).filter((name) => name !== 'iq set privacy tokens')).toEqual([])
})

/** Longer than one block, one piece of a stream, and no multiple of 16. */
const BYTES = randomBytes(300_001)
const WAVEFORM = Array.from({ length: 64 }, (_, i) => i)
const THUMBNAIL = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]).toString('base64')
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const files: [FileKind, Omit<FileToSay, 'base64' | 'kind'>][] = [
  [
    'image',
    { mediaType: 'image/jpeg', caption: 'mira esto 👀', width: 640, height: 480, thumbnail: THUMBNAIL },
  ],
  ['video', { mediaType: 'video/mp4', caption: 'el local', width: 1280, height: 720, thumbnail: THUMBNAIL }],
  ['gif', { mediaType: 'video/mp4' }],
  ['audio', { mediaType: 'audio/mpeg', seconds: 95 }],
  ['voice', { mediaType: 'audio/ogg; codecs=opus', seconds: 7, waveform: WAVEFORM }],
  ['document', { mediaType: 'application/pdf', caption: 'la factura', fileName: 'Factura N.º 12.pdf' }],
  ['sticker', { mediaType: 'image/webp' }],
]

/** The customer sends a file; @returns what the journal has of it. */
async function received(file: Partial<FileToSay> = {}) {
  const given = { kind: 'image' as const, mediaType: 'image/jpeg', base64: BYTES.toString('base64'), ...file }
  const before = rig.messages().length
  await rig.emulator.say({ to: COMPANY, from: ANA, text: '', file: given })
  await rig.until('the message', () => rig.messages().length > before)
  const content = rig.messages().at(-1)?.content
  if (!content || !('file' in content)) throw new Error(`no file: ${JSON.stringify(content)}`)
  return content
}

describe('a customer sends', () => {
  test.each(files)('%s: what it is, and its bytes', async (kind, file) => {
    const session = await rig.connected()
    const content = await received({ kind, ...file })
    expect(content).toMatchObject({
      kind,
      caption: file.caption ?? '',
      file: {
        fileName: file.fileName ?? null,
        mediaType: file.mediaType,
        bytes: BYTES.length,
        sha256: sha256(BYTES),
        width: file.width ?? null,
        height: file.height ?? null,
        waveform: file.waveform ?? null,
        thumbnail: file.thumbnail ?? null,
      },
    })
    if (file.seconds) expect(content.file.seconds).toBe(file.seconds)
    const fetched = await session.fetchMedia?.(content.file.source)
    expect(fetched && (await buffer(fetched)).equals(BYTES)).toBe(true)
  })

  test('a picture to be seen once, marked as such', async () => {
    await rig.connected()
    expect(await received({ viewOnce: true })).toMatchObject({ kind: 'image', viewOnce: true })
  })

  test('a file whose link has died: the company’s phone uploads it again', async () => {
    const session = await rig.connected()
    const { source } = (await received()).file
    rig.emulator.expireFiles()
    const fetched = await session.fetchMedia?.(source)
    expect(fetched && (await buffer(fetched)).equals(BYTES)).toBe(true)
    expect(rig.emulator.events().some(({ what }) => what === 'file-renewed')).toBe(true)
  })

  test('a file that the phone has lost as well is gone', async () => {
    const session = await rig.connected()
    const { source } = (await received()).file
    rig.emulator.expireFiles()
    rig.emulator.expireFiles()
    await expect(session.fetchMedia?.(source)).rejects.toThrow(MediaGone)
  })

  test('a file whose download breaks in the middle: an error, and the link lives', async () => {
    const session = await rig.connected()
    const { source } = (await received()).file
    rig.emulator.cutFiles({ on: true })
    const fetched = await session.fetchMedia?.(source)
    await expect(fetched && buffer(fetched)).rejects.toThrow()
    rig.emulator.cutFiles({ on: false })
    const again = await session.fetchMedia?.(source)
    expect(again && (await buffer(again)).equals(BYTES)).toBe(true)
    expect(rig.seen.states.filter(({ state }) => state === 'connected')).toHaveLength(1)
  })
})

const outgoing = (kind: FileKind, file: Omit<FileToSay, 'base64' | 'kind'>): OutgoingContent => ({
  kind,
  caption: file.caption ?? '',
  file: {
    attachmentId: 'a1',
    fileName: file.fileName ?? null,
    mediaType: file.mediaType,
    bytes: BYTES.length,
    seconds: file.seconds ?? null,
    waveform: file.waveform ?? null,
    width: file.width ?? null,
    height: file.height ?? null,
    thumbnail: file.thumbnail ?? null,
    open: async () => Readable.from(pieces(), { objectMode: false }),
  },
})

function* pieces() {
  for (let at = 0; at < BYTES.length; at += 10_000) yield BYTES.subarray(at, at + 10_000)
}

describe('the company sends', () => {
  test.each(files)('%s, which the customer’s phone opens', async (kind, file) => {
    const session = await rig.connected()
    const result = await rig.send(session, outgoing(kind, file), { phone: ANA })
    expect(result).toMatchObject({ ok: true })
    await rig.emulator.wait({ what: 'inbox', customer: ANA, count: 1 })
    const shown = rig.emulator.inbox({ customer: ANA })[0]?.file
    expect(shown).toMatchObject({
      kind,
      mediaType: file.mediaType,
      caption: file.caption ?? null,
      fileName: file.fileName ?? null,
      seconds: file.seconds ?? null,
      waveform: file.waveform ?? null,
    })
    expect(Buffer.from(shown?.base64 ?? '', 'base64').equals(BYTES)).toBe(true)
  })

  test('a file that the phone asks for again, as it was', async () => {
    const session = await rig.connected()
    await rig.send(session, 'buenas', { phone: ANA })
    await rig.emulator.wait({ what: 'inbox', customer: ANA, count: 1 })
    await rig.emulator.forgetSessions({ customer: ANA, phone: COMPANY })
    await rig.send(session, outgoing('voice', { mediaType: 'audio/ogg; codecs=opus', seconds: 7 }), {
      phone: ANA,
    })
    await rig.emulator.wait({ what: 'inbox', customer: ANA, count: 2 })
    const shown = rig.emulator.inbox({ customer: ANA })[1]?.file
    expect(shown).toMatchObject({ kind: 'voice', seconds: 7 })
    expect(Buffer.from(shown?.base64 ?? '', 'base64').equals(BYTES)).toBe(true)
    expect(rig.emulator.events().some(({ what }) => what === 'unreadable')).toBe(true)
  })

  test('the same file twice under one id: the phone shows it once', async () => {
    const session = await rig.connected()
    const id = '01999999-0000-7000-8000-000000000001'
    const content = outgoing('image', { mediaType: 'image/jpeg' })
    await rig.send(session, content, { phone: ANA }, id)
    await rig.send(session, content, { phone: ANA }, id)
    await rig.until('the repeat', () => rig.emulator.inbox({ customer: ANA })[0]?.repeats === 1)
    expect(rig.emulator.inbox({ customer: ANA })).toHaveLength(1)
  })
})

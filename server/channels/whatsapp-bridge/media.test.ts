import { describe, expect, test } from 'vitest'
import { mediaSourceSchema, mediaUrl } from './media'

const source = (more: object) =>
  mediaSourceSchema.parse({
    type: 'image',
    mediaKey: Buffer.alloc(32).toString('base64'),
    directPath: '/v/t62/1?oh=2',
    host: null,
    key: { id: 'A1', remoteJid: '8812@lid', fromMe: false },
    ...more,
  })

describe('a file is fetched from', () => {
  test.each([
    ['WhatsApp’s host when none is named', null, 'https://mmg.whatsapp.net/v/t62/1?oh=2'],
    [
      'another one of WhatsApp’s',
      'media-bog1-1.cdn.whatsapp.net',
      'https://media-bog1-1.cdn.whatsapp.net/v/t62/1?oh=2',
    ],
    ['WhatsApp’s when a stranger’s is named', 'evil.example', 'https://mmg.whatsapp.net/v/t62/1?oh=2'],
    [
      'WhatsApp’s when the name only looks alike',
      'x.whatsapp.net.evil.example',
      'https://mmg.whatsapp.net/v/t62/1?oh=2',
    ],
    [
      'WhatsApp’s when it points at our own machines',
      '169.254.169.254',
      'https://mmg.whatsapp.net/v/t62/1?oh=2',
    ],
    ['WhatsApp’s when it points at this machine', '127.0.0.1:5432', 'https://mmg.whatsapp.net/v/t62/1?oh=2'],
  ])('%s', (_, host, url) => expect(mediaUrl(source({ host }), false)).toBe(url))

  test('WhatsApp’s host, whatever the path says', () => {
    for (const directPath of ['//evil.example/x', '/@evil.example/', '/..//evil.example']) {
      expect(new URL(mediaUrl(source({ directPath }), false)).host).toBe('mmg.whatsapp.net')
    }
    expect(mediaSourceSchema.safeParse({ ...source({}), directPath: '@evil.example/' }).success).toBe(false)
  })

  test('this machine only where another server than WhatsApp’s is spoken to', () => {
    expect(mediaUrl(source({ host: '127.0.0.1:9000' }), true)).toBe('http://127.0.0.1:9000/v/t62/1?oh=2')
    expect(mediaUrl(source({ host: '10.0.0.1:9000' }), true)).toBe('https://mmg.whatsapp.net/v/t62/1?oh=2')
  })
})

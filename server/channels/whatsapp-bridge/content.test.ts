import { proto } from '@whiskeysockets/baileys'
import { describe, expect, test } from 'vitest'
import { readContent } from './content'
import { readResent } from './resent'

/** As it arrives: fields that are not set are absent. */
const read = (message: proto.IMessage) => {
  const bytes = proto.Message.encode(message).finish()
  return readContent(proto.Message.decode(bytes), bytes)
}
const text = (words: string) => ({ kind: 'text', text: words })

describe('a message shows', () => {
  test.each([
    ['its text', { conversation: 'hola' }, text('hola')],
    ['the text of a link or an answer', { extendedTextMessage: { text: 'hola' } }, text('hola')],
    ['a disappearing text', { ephemeralMessage: { message: { conversation: 'hola' } } }, text('hola')],
    ['a view-once text', { viewOnceMessageV2: { message: { conversation: 'hola' } } }, text('hola')],
    [
      'the new text of an edit',
      { editedMessage: { message: { protocolMessage: { editedMessage: { conversation: 'hola!' } } } } },
      text('hola!'),
    ],
    ['the label of a pressed button', { buttonsResponseMessage: { selectedDisplayText: 'Sí' } }, text('Sí')],
    [
      'text that comes with a group key',
      { senderKeyDistributionMessage: {}, conversation: 'hola' },
      text('hola'),
    ],
  ])('%s', (_, message, content) => expect(read(message)).toEqual(content))

  test.each([
    ['a picture', { imageMessage: { caption: 'mira' } }, 'imageMessage'],
    ['a place', { locationMessage: { degreesLatitude: 4.6 } }, 'locationMessage'],
    ['a view-once picture', { viewOnceMessage: { message: { imageMessage: {} } } }, 'imageMessage'],
  ])('a placeholder for %s, with the raw message', (_, message, type) => {
    const content = read(message)
    const raw = content?.kind === 'unsupported' && typeof content.raw === 'string' ? content.raw : ''
    expect(content).toMatchObject({ kind: 'unsupported', type })
    expect(proto.Message.decode(Buffer.from(raw, 'base64'))).toMatchObject(message)
  })

  test('a placeholder for what is invented after this version', () => {
    const bytes = Buffer.from([0xfa, 0x7f, 0x01, 0x41])
    const content = readContent(proto.Message.decode(bytes), bytes)
    expect(content).toEqual({ kind: 'unsupported', type: 'unknown', raw: bytes.toString('base64') })
  })

  test('no more than WhatsApp allows', () => {
    expect(read({ conversation: 'x'.repeat(10_000_000) })).toEqual(text('x'.repeat(65_536)))
  })
})

test.each([
  ['a reaction', { reactionMessage: { text: '❤' } }],
  ['a vote', { pollUpdateMessage: {} }],
  ['a deletion', { protocolMessage: { type: proto.Message.ProtocolMessage.Type.REVOKE } }],
  ['a group key', { senderKeyDistributionMessage: { groupId: 'g' } }],
  ['a pin', { pinInChatMessage: {}, messageContextInfo: {} }],
])('%s shows nothing in the chat', (_, message) => expect(read(message)).toBeNull())

test('a message that the phone had to send again is the same message', () => {
  const key = { id: 'A1', remoteJid: '8812@lid', remoteJidAlt: '573009990001@s.whatsapp.net', fromMe: false }
  const sent = {
    key,
    pushName: 'Ana',
    messageTimestamp: 1_795_000_000,
    message: { conversation: 'vi su anuncio' },
  }
  expect(readResent(sent)).toEqual({
    orderKey: '8812@lid',
    payload: {
      v: 1,
      kind: 'message',
      id: 'A1',
      contact: { lid: '8812', phone: '573009990001' },
      name: 'Ana',
      t: 1_795_000_000,
      offline: true,
      content: text('vi su anuncio'),
    },
  })
})

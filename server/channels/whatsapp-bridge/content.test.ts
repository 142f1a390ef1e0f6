import { proto } from '@whiskeysockets/baileys'
import { describe, expect, test } from 'vitest'
import { readContent, readQuoteOf, readTouch } from './content'
import { readResent } from './resent'

const KEY = { id: 'A1', remoteJid: '8812@lid', fromMe: false }

/** As it arrives: fields that are not set are absent. */
const read = (message: proto.IMessage) => {
  const bytes = proto.Message.encode(message).finish()
  return readContent(proto.Message.decode(bytes), bytes, KEY)
}
const text = (words: string) => ({ kind: 'text', text: words })

describe('a message shows', () => {
  test.each([
    ['its text', { conversation: 'hola' }, text('hola')],
    ['the text of a link or an answer', { extendedTextMessage: { text: 'hola' } }, text('hola')],
    ['a disappearing text', { ephemeralMessage: { message: { conversation: 'hola' } } }, text('hola')],
    [
      'a view-once text',
      { viewOnceMessageV2: { message: { conversation: 'hola' } } },
      { ...text('hola'), viewOnce: true },
    ],
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
    [
      'a place that is nowhere',
      { locationMessage: { degreesLatitude: 460, degreesLongitude: 1 } },
      'locationMessage',
    ],
    ['a view-once picture', { viewOnceMessage: { message: { imageMessage: {} } } }, 'imageMessage'],
  ])('a placeholder for %s, with the raw message', (_, message, type) => {
    const content = read(message)
    const raw = content?.kind === 'unsupported' && typeof content.raw === 'string' ? content.raw : ''
    expect(content).toMatchObject({ kind: 'unsupported', type })
    expect(proto.Message.decode(Buffer.from(raw, 'base64'))).toMatchObject(message)
  })

  test('a placeholder for what is invented after this version', () => {
    const bytes = Buffer.from([0xfa, 0x7f, 0x01, 0x41])
    const content = readContent(proto.Message.decode(bytes), bytes, KEY)
    expect(content).toEqual({ kind: 'unsupported', type: 'unknown', raw: bytes.toString('base64') })
  })

  test('no more than WhatsApp allows', () => {
    expect(read({ conversation: 'x'.repeat(10_000_000) })).toEqual(text('x'.repeat(65_536)))
  })
})

test.each<[string, proto.IMessage, object]>([
  [
    'a place',
    {
      locationMessage: {
        degreesLatitude: 6.25,
        degreesLongitude: -75.5,
        name: 'Óptica',
        address: 'Laureles',
      },
    },
    { kind: 'location', latitude: 6.25, longitude: -75.5, name: 'Óptica', address: 'Laureles', live: false },
  ],
  [
    'a place that moves',
    { liveLocationMessage: { degreesLatitude: 1, degreesLongitude: 2 } },
    { kind: 'location', latitude: 1, longitude: 2, name: null, address: null, live: true },
  ],
  [
    'a contact card with the number that WhatsApp knows',
    {
      contactMessage: {
        displayName: 'Ana',
        vcard:
          'BEGIN:VCARD\nFN:Ana Ruiz\nitem1.TEL;waid=573001234567:+57 300 1234567\nTEL;type=WORK:604 444\nEND:VCARD',
      },
    },
    {
      kind: 'contacts',
      cards: [
        {
          name: 'Ana',
          phones: [
            { number: '+57 300 1234567', waId: '573001234567' },
            { number: '604 444', waId: null },
          ],
        },
      ],
    },
  ],
  [
    'a card without a name of its own, by the one inside',
    { contactsArrayMessage: { contacts: [{ vcard: 'FN:Luis' }] } },
    { kind: 'contacts', cards: [{ name: 'Luis', phones: [] }] },
  ],
  [
    'a poll with one answer',
    {
      pollCreationMessageV3: {
        name: '¿Cuál?',
        options: [{ optionName: 'A' }, { optionName: 'B' }],
        selectableOptionsCount: 1,
      },
    },
    { kind: 'poll', question: '¿Cuál?', options: ['A', 'B'], many: false },
  ],
  [
    'that a text was passed on, and the advertisement it came from',
    {
      extendedTextMessage: {
        text: 'hola',
        contextInfo: {
          isForwarded: true,
          externalAdReply: { title: 'Promo', sourceUrl: 'javascript:alert(1)', sourceId: '7' },
        },
      },
    },
    {
      kind: 'text',
      text: 'hola',
      forwarded: true,
      ad: { title: 'Promo', body: null, url: null, sourceId: '7' },
    },
  ],
])('a message shows %s', (_, message, content) => expect(read(message)).toEqual(content))

const { REVOKE, MESSAGE_EDIT } = proto.Message.ProtocolMessage.Type

test.each<[string, proto.IMessage, object | null]>([
  [
    'a reaction',
    { reactionMessage: { key: { id: 'A' }, text: '❤' } },
    { do: 'react', target: 'A', emoji: '❤' },
  ],
  [
    'a reaction taken back',
    { reactionMessage: { key: { id: 'A' }, text: '' } },
    { do: 'react', target: 'A', emoji: null },
  ],
  ['a reaction that is a novel', { reactionMessage: { key: { id: 'A' }, text: 'x'.repeat(51) } }, null],
  ['a reaction to nothing', { reactionMessage: { text: '❤' } }, null],
  ['a deletion', { protocolMessage: { type: REVOKE, key: { id: 'A' } } }, { do: 'delete', target: 'A' }],
  [
    'an edit',
    { protocolMessage: { type: MESSAGE_EDIT, key: { id: 'A' }, editedMessage: { conversation: 'hola!' } } },
    { do: 'edit', target: 'A', text: 'hola!' },
  ],
  [
    'an edit in its wrapper, of a caption',
    {
      editedMessage: {
        message: {
          protocolMessage: {
            type: MESSAGE_EDIT,
            key: { id: 'A' },
            editedMessage: { imageMessage: { caption: 'así' } },
          },
        },
      },
    },
    { do: 'edit', target: 'A', text: 'así' },
  ],
  ['news between our own devices', { protocolMessage: { type: 5 } }, null],
  ['a text', { conversation: 'hola' }, null],
])('what a message does to another: %s', (_, message, touch) => expect(readTouch(message)).toEqual(touch))

test('a message names the one it answers, but not a status', () => {
  const answer = (remoteJid?: string): proto.IMessage => ({
    extendedTextMessage: {
      text: 'sí',
      contextInfo: {
        stanzaId: 'Q1',
        quotedMessage: { conversation: '¿La quiere?' },
        ...(remoteJid ? { remoteJid } : {}),
      },
    },
  })
  expect(readQuoteOf(answer())).toEqual({ externalId: 'Q1', text: '¿La quiere?', kind: 'text' })
  expect(readQuoteOf(answer('status@broadcast'))).toBeNull()
  expect(readQuoteOf({ conversation: 'hola' })).toBeNull()
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
      quote: null,
    },
  })
})

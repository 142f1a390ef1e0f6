import { describe, expect, test } from 'vitest'
import { channelEventSchema } from '@/server/channels/schema'
import { type BridgePayload, readInbound } from './inbound'

const said = (
  more: Partial<Extract<BridgePayload, { kind: 'message' | 'phone-message' }>>,
): BridgePayload => ({
  v: 1,
  kind: 'message',
  id: '3EB0AA',
  contact: { lid: '8812', phone: '573009990001' },
  name: 'Ana',
  t: 1_795_000_000,
  offline: false,
  content: { kind: 'text', text: 'hola' },
  ...more,
})
const LID = { kind: 'whatsapp-lid', value: '8812' }
const PHONE = { kind: 'phone', value: '573009990001' }

describe('a message', () => {
  test.each([
    [
      'known by LID and number goes by the LID first',
      said({}),
      { from: 'customer', sender: { identities: [LID, PHONE], phone: '573009990001', name: 'Ana' } },
    ],
    [
      'of a customer who hides the number has no phone',
      said({ contact: { lid: '8812', phone: null } }),
      { sender: { identities: [LID], phone: null, name: 'Ana' } },
    ],
    [
      'of a number without LID goes by the number',
      said({ contact: { lid: null, phone: '573009990001' }, name: null }),
      { sender: { identities: [PHONE], phone: '573009990001', name: null } },
    ],
    [
      'typed on the phone belongs to the chat it went to',
      said({ kind: 'phone-message', name: null }),
      { from: 'phone', sender: { identities: [LID, PHONE], phone: '573009990001', name: null } },
    ],
    [
      'that waited while the link was down keeps its time',
      said({ offline: true, t: 1_795_000_001 }),
      { externalId: '3EB0AA', at: '2026-11-18T11:06:41.000Z' },
    ],
    [
      'that cannot be shown is a placeholder with the raw message',
      said({ content: { kind: 'unsupported', type: 'imageMessage', raw: 'GgA=' } }),
      { content: { kind: 'unsupported', type: 'imageMessage', raw: 'GgA=' } },
    ],
  ])('%s', (_, payload, expected) => {
    const events = readInbound(JSON.parse(JSON.stringify(payload)))
    expect(events).toMatchObject([{ type: 'message', ...expected }])
    for (const event of events) expect(channelEventSchema.parse(event)).toEqual(event)
  })
})

describe('a receipt', () => {
  test.each(['sent', 'delivered', 'read'] as const)('%s moves each message that it names', (status) => {
    const events = readInbound({
      v: 1,
      kind: 'receipt',
      ids: ['A', 'B'],
      status,
      code: null,
      t: 1_795_000_000,
    })
    const at = '2026-11-18T11:06:40.000Z'
    expect(events).toEqual([
      { type: 'receipt', externalId: 'A', status, failureCode: null, at },
      { type: 'receipt', externalId: 'B', status, failureCode: null, at },
    ])
  })

  test('of a refusal carries its code', () => {
    const refused = { v: 1, kind: 'receipt', ids: ['A'], status: 'failed', code: '463', t: 1_795_000_000 }
    expect(readInbound(refused)).toMatchObject([{ status: 'failed', failureCode: '463' }])
  })
})

describe('what is no payload is refused', () => {
  test.each([
    ['nothing', undefined],
    ['text', 'hola'],
    ['another version', { ...said({}), v: 2 }],
    ['another kind', { ...said({}), kind: 'call' }],
    ['a contact without an address', said({ contact: { lid: null, phone: null } })],
    ['no id', said({ id: '' })],
    ['a time that is none', said({ t: Number.NaN })],
    ['a receipt of nothing', { v: 1, kind: 'receipt', ids: [], status: 'read', code: null, t: 1 }],
  ])('%s', (_, payload) => expect(() => readInbound(payload)).toThrow())
})

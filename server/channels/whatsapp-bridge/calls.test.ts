import type { BinaryNode } from '@whiskeysockets/baileys'
import { describe, expect, test } from 'vitest'
import { makeCalls } from './calls'
import { bridgePayloadSchema } from './inbound'

const T = 1_795_000_000

const node = (
  tag: string,
  attrs: Record<string, string> = {},
  { after = 0, from = '8812@lid', video = false } = {},
) =>
  ({
    tag: 'call',
    attrs: { id: 'S1', from, t: String(T + after), notify: 'Ana' },
    content: [
      {
        tag,
        attrs: { 'call-id': 'C1', 'call-creator': from, ...attrs },
        content: video ? [{ tag: 'video', attrs: {} }] : [],
      },
    ],
  }) satisfies BinaryNode

/** What is told after these stanzas and the end of the connection. */
function told(...stanzas: BinaryNode[]) {
  const seen: unknown[] = []
  const calls = makeCalls(
    () => ({ id: '573001112233:1@s.whatsapp.net', lid: '1700:1@lid' }),
    (payload) => seen.push(bridgePayloadSchema.parse(payload)),
  )
  for (const stanza of stanzas) calls.take(stanza)
  calls.stop()
  return seen
}

describe('a call', () => {
  test.each([
    ['that rang out was missed', [node('offer'), node('terminate', { reason: 'timeout' })], 'missed', null],
    ['that the customer gave up was missed', [node('offer'), node('terminate')], 'missed', null],
    ['that was refused on the phone was rejected', [node('offer'), node('reject')], 'rejected', null],
    [
      'that was refused on another device was rejected',
      [node('offer'), node('terminate', { reason: 'rejected_elsewhere' })],
      'rejected',
      null,
    ],
    [
      'that was taken lasted until its end',
      [node('offer'), node('accept', {}, { after: 5 }), node('terminate', {}, { after: 65 })],
      'answered',
      60,
    ],
    [
      'that says how long it took is believed',
      [node('offer'), node('accept'), node('terminate', { duration: '42' })],
      'answered',
      42,
    ],
    [
      'that was taken on another device was answered',
      [node('offer'), node('terminate', { reason: 'accepted_elsewhere' })],
      'answered',
      null,
    ],
    ['whose end was never heard of is unknown', [node('offer')], 'unknown', null],
    ['that is offered twice is one', [node('offer'), node('offer'), node('reject')], 'rejected', null],
  ] as const)('%s', (_, stanzas, outcome, seconds) => {
    expect(told(...stanzas)).toEqual([
      {
        v: 1,
        kind: 'message',
        id: 'call-C1',
        contact: { lid: '8812', phone: null },
        name: 'Ana',
        t: T,
        offline: false,
        content: { kind: 'call', video: false, outcome, seconds },
        quote: null,
      },
    ])
  })

  test('with a picture is a video call', () => {
    expect(told(node('offer', {}, { video: true }))).toMatchObject([{ content: { video: true } }])
  })

  test('of a customer known by number and LID goes by both', () => {
    const caller = told(node('offer', { caller_pn: '573009990001@s.whatsapp.net' }))
    expect(caller).toMatchObject([{ contact: { lid: '8812', phone: '573009990001' } }])
  })

  test.each([
    ['of a group', node('offer', { 'group-jid': '1203@g.us' })],
    ['of our own', node('offer', {}, { from: '1700@lid' })],
    ['of nobody', node('offer', {}, { from: 'no address' })],
    ['without a name', node('offer', { 'call-id': '' })],
    ['that only ends', node('terminate')],
    ['of a kind that nobody knows', node('hologram')],
  ])('%s is none', (_, stanza) => expect(told(stanza)).toEqual([]))
})

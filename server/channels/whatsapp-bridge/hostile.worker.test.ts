import { proto } from '@whiskeysockets/baileys'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { takeJournal, writeJournal } from '@/server/inbound/journal'
import { forTenant } from '@/server/kernel/database'
import { silenceLibsignal } from './silence-libsignal'
import { ANA, COMPANY, LUIS, makeRig, type Rig } from './test-rig'

silenceLibsignal()

let rig: Rig

beforeEach(async () => {
  rig = await makeRig()
  const { tenantId, channelId } = rig.owned
  // The true journal: what it refuses would come again for ever.
  rig.setBeforeJournal(async (entry) => {
    await writeJournal(tenantId, channelId, entry)
  })
})

afterEach(() => rig.close())

const acknowledged = () => rig.emulator.wait({ what: 'acknowledged', phone: COMPANY })
const base64 = (message: proto.IMessage) =>
  Buffer.from(proto.Message.encode(message).finish()).toString('base64')

/** A field that no version of this protocol knows: number 4000, three bytes. */
const FUTURE = Buffer.from([0x82, 0xfa, 0x01, 3, 1, 2, 3]).toString('base64')
/** A message whose only field is cut off in the middle. */
const BROKEN = Buffer.from([0x0a, 0x7f, 0x61]).toString('base64')

/** Everything of the journal taken into chats, as the worker does. @returns what the inbox holds, oldest first. */
async function stored() {
  const { tenantId, channelId } = rig.owned
  const channel = { id: channelId, kind: 'whatsapp-bridge', menuId: null, defaultTeamId: null }
  await takeJournal(tenantId, channel, { concurrency: 1, afterCommit: () => undefined })
  const db = forTenant(tenantId)
  expect(await db.inboundJournal.count({ where: { tenantId, channelId } }), 'left in the journal').toBe(0)
  return db.message.findMany({
    where: { tenantId, channelId },
    orderBy: { createdAt: 'asc' },
    select: { externalId: true, kind: true, text: true },
  })
}

describe('a customer sends', () => {
  test.each([
    ['a text of ten megabytes: what WhatsApp allows of it is kept', 'ñ'.repeat(5_000_000), /^ñ{65536}$/],
    ['an emoji across that border: it is left out whole', `${'x'.repeat(65_535)}😀`, /^x{65535}\uFFFD?$/],
    ['a NUL', 'a\u0000b', /^a\uFFFDb$/],
    ['half of a surrogate pair', 'a\ud800b', /^a\uFFFD+b$/],
  ])('%s; the session and what follows live on', async (_, text, kept) => {
    await rig.connected()
    const ids = await rig.emulator.say([
      { to: COMPANY, from: ANA, text },
      { to: COMPANY, from: ANA, text: 'después' },
    ])
    await acknowledged()
    const messages = await stored()
    expect(messages.map(({ externalId }) => externalId)).toEqual(ids)
    expect(messages[0]?.text).toMatch(kept)
    expect(messages[1]?.text).toBe('después')
    expect(rig.seen.states.filter(({ state }) => state === 'connected')).toHaveLength(1)
  })

  test('a name that no database keeps', async () => {
    await rig.connected()
    await rig.emulator.say({ to: COMPANY, from: ANA, name: `${'A'.repeat(199)}😀 \u0000`, text: 'hola' })
    await acknowledged()
    expect(await stored()).toMatchObject([{ text: 'hola' }])
  })

  test('kinds that we do not know, and bytes that are no message: placeholders, and nothing lost behind them', async () => {
    await rig.connected()
    const say = (bytes: string) => ({ to: COMPANY, from: LUIS, text: '', bytes })
    const ids = await rig.emulator.say([
      say(base64({ paymentInviteMessage: { serviceType: 1 } })),
      say(FUTURE),
      say(base64({})),
      { to: COMPANY, from: LUIS, text: 'hola' },
    ])
    await acknowledged()
    const messages = await stored()
    expect(messages.map(({ externalId, kind }) => [externalId, kind])).toEqual([
      [ids[0], 'unsupported'],
      [ids[1], 'unsupported'],
      [ids[2], 'unsupported'],
      [ids[3], 'text'],
    ])

    await rig.emulator.say(say(BROKEN))
    const [last] = await rig.emulator.say({ to: COMPANY, from: LUIS, text: 'sigo aquí' })
    await rig.until('the message behind it', () => rig.messages().some(({ id }) => id === last))
    expect(rig.seen.states.at(-1)).toMatchObject({ state: 'connected' })
  })
})

test('stanzas of kinds that nobody knows leave the session as it is', async () => {
  await rig.connected()
  const id = () => `X${Math.random()}`
  const stanzas = [
    { tag: 'hologram', attrs: { id: id() } },
    { tag: 'notification', attrs: { id: id(), from: 's.whatsapp.net', type: 'no_such_type', t: '1' } },
    { tag: 'notification', attrs: { id: id(), type: 'w:gp2' } },
    { tag: 'iq', attrs: { id: id(), type: 'set', xmlns: 'no:such:thing', from: 's.whatsapp.net' } },
    { tag: 'ib', attrs: {}, text: 'nothing that anybody expects' },
    { tag: 'receipt', attrs: { id: id(), from: 'no address', type: 'no-such-type', t: 'yesterday' } },
    { tag: 'receipt', attrs: { id: 'x'.repeat(10_000), from: rig.emulator.addresses({ number: ANA }).lid } },
    { tag: 'ack', attrs: { class: 'message', id: 'of nobody', from: '' } },
    { tag: 'presence', attrs: { from: 'no address' } },
    { tag: 'call', attrs: { id: id(), from: 'no address' } },
    { tag: 'message', attrs: { id: id(), from: 'no address', type: 'text', t: '1' } },
  ]
  for (const stanza of stanzas) rig.emulator.stanza({ phone: COMPANY, ...stanza })
  const [behind] = await rig.emulator.say({ to: COMPANY, from: ANA, text: 'hola' })
  await rig.until('the message behind them', () => rig.messages().some((message) => message.id === behind))
  expect(rig.seen.states.filter(({ state }) => state === 'connected')).toHaveLength(1)
  expect(await stored()).toMatchObject([{ text: 'hola' }])
})

test('a code that is none, of another server, or with other keys is refused by the phone, and the true one still links', async () => {
  const other = await makeRig()
  rig.start()
  other.start()
  await rig.until('a code', () => rig.shownCode() !== undefined)
  await other.until('a code', () => other.shownCode() !== undefined)
  const code = rig.shownCode()?.code ?? ''
  const foreign = other.shownCode()?.code ?? ''
  await other.close()
  const field = (place: number) => foreign.split(',')[place] ?? ''
  const scan = (qr: string) => rig.emulator.scan({ qr, phone: COMPANY })

  expect(scan('https://ikono.example/menu')).toEqual({ accepted: false, reason: 'not-a-qr' })
  expect(scan('\u0000\ud800')).toEqual({ accepted: false, reason: 'not-a-qr' })
  expect(scan(foreign)).toEqual({ accepted: false, reason: 'unknown-ref' })
  expect(scan(code.split(',').with(1, field(1)).join(','))).toEqual({
    accepted: false,
    reason: 'keys-differ',
  })
  expect(rig.seen.states.map(({ state }) => state)).toEqual(['connecting', 'scan'])

  expect(scan(code)).toMatchObject({ accepted: true })
  await rig.state('connected')
})

test('a member’s text with a NUL or half a pair reaches the customer as text', async () => {
  const session = await rig.connected()
  await rig.send(session, 'a\u0000b \ud800 fin', { phone: ANA })
  await rig.emulator.wait({ what: 'inbox', customer: ANA, count: 1 })
  expect(rig.emulator.inbox({ customer: ANA })[0]?.text?.isWellFormed()).toBe(true)
})

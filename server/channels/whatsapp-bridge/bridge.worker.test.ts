import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { proto } from '@whiskeysockets/baileys'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { silenceLibsignal } from './silence-libsignal'
import { ANA, COMPANY, LUIS, makeRig, type Rig, takeLease } from './test-rig'

silenceLibsignal()

/** What stock Baileys asks that the emulator has no answer for. */
const ALLOWED_UNKNOWN = ['iq set privacy tokens']

let rig: Rig

beforeEach(async () => {
  rig = await makeRig()
})

afterEach(async () => {
  const { unknown } = rig.emulator.stats()
  await rig.close()
  expect(Object.keys(unknown).filter((name) => !ALLOWED_UNKNOWN.includes(name))).toEqual([])
})

const statesSeen = () => rig.seen.states.map(({ state }) => state)
const acknowledged = () => rig.emulator.wait({ what: 'acknowledged', phone: COMPANY })

describe('a number is linked', () => {
  test('by scanning the code that is shown', async () => {
    await rig.connected()
    expect(statesSeen()).toEqual(['connecting', 'scan', 'connecting', 'syncing', 'connected'])
    expect(rig.seen.address).toBe('+57 300 1112233')
    expect(rig.seen.pairings.at(-1)).toBeNull()
    const lifetime = (rig.shownCode()?.expiresAt.getTime() ?? 0) - Date.now()
    expect(lifetime).toBeGreaterThan(30_000)
    expect(lifetime).toBeLessThanOrEqual(60_000)
  })

  test('by a second scan when WhatsApp asks for a new registration', async () => {
    rig.emulator.regRefresh({ on: true })
    rig.start()
    await rig.until('a code', () => rig.shownCode() !== undefined)
    expect(rig.shownCode()?.again).toBe(false)
    expect(rig.scan()).toMatchObject({ accepted: false, reason: 'registration-refreshed' })
    await rig.until('a code to scan again', () => rig.shownCode()?.again === true)
    expect(rig.scan()).toMatchObject({ accepted: true })
    await rig.state('connected')
  })

  test('once: a restarted worker logs in with the stored keys', async () => {
    const session = await rig.connected()
    await session.stop()
    expect(rig.emulator.stats().online).toEqual([])
    rig.start()
    await rig.state('connected', 2)
    expect(rig.emulator.stats()).toMatchObject({ pairings: 1, logins: 2 })
    await rig.emulator.say({ to: COMPANY, from: ANA, text: 'sigo aquí' })
    await rig.until('the message', () => rig.messages().length === 1)
  })
})

describe('a customer writes', () => {
  test.each([
    ['lid', false],
    ['lid', true],
    ['pn', false],
    ['pn', true],
  ] as const)('by %s (other address hidden: %s)', async (addressing, hideOtherAddress) => {
    await rig.connected()
    const [id] = await rig.emulator.say({
      to: COMPANY,
      from: ANA,
      name: 'Ana',
      text: 'hola',
      addressing,
      hideOtherAddress,
    })
    await acknowledged()
    const hidden = addressing === 'lid' && hideOtherAddress
    expect(rig.seen.journal).toMatchObject([
      {
        orderKey: `${rig.lidOf(ANA)}@lid`,
        payload: {
          kind: 'message',
          id,
          contact: { lid: rig.lidOf(ANA), phone: hidden ? null : ANA },
          name: 'Ana',
          offline: false,
          content: { kind: 'text', text: 'hola' },
        },
      },
    ])
  })

  test('by both addresses in turn, and stays one contact in order', async () => {
    await rig.connected()
    await rig.emulator.say({ to: COMPANY, from: ANA, text: 'uno', addressing: 'lid' })
    await rig.emulator.say({ to: COMPANY, from: ANA, text: 'dos', addressing: 'pn', hideOtherAddress: true })
    await rig.emulator.say({
      to: COMPANY,
      from: ANA,
      text: 'tres',
      addressing: 'lid',
      hideOtherAddress: true,
    })
    await acknowledged()
    expect(new Set(rig.seen.journal.map(({ orderKey }) => orderKey))).toEqual(
      new Set([`${rig.lidOf(ANA)}@lid`]),
    )
    const contact = { lid: rig.lidOf(ANA), phone: ANA }
    expect(rig.messages().map((message) => message.contact)).toEqual([contact, contact, contact])
  })

  test('in a burst, which arrives whole and in order', async () => {
    await rig.connected()
    const customers = Array.from({ length: 10 }, (_, i) => `57311000${1000 + i}`)
    const texts = ['1', '2', '3', '4', '5', '6']
    await rig.emulator.say(texts.flatMap((text) => customers.map((from) => ({ to: COMPANY, from, text }))))
    await acknowledged()
    for (const number of customers) {
      const own = rig.messages().filter(({ contact }) => contact.lid === rig.lidOf(number))
      expect(own.map(({ content }) => content.kind === 'text' && content.text)).toEqual(texts)
    }
  })

  test('and then reacts to it, edits it and deletes it', async () => {
    await rig.connected()
    const [target = ''] = await rig.emulator.say({ to: COMPANY, from: ANA, text: 'a las 3' })
    const { REVOKE, MESSAGE_EDIT } = proto.Message.ProtocolMessage.Type
    const key = { id: target }
    const done: proto.IMessage[] = [
      { reactionMessage: { key, text: '❤' } },
      { protocolMessage: { type: MESSAGE_EDIT, key, editedMessage: { conversation: 'a las 4' } } },
      { protocolMessage: { type: REVOKE, key } },
    ]
    for (const message of done) {
      const bytes = Buffer.from(proto.Message.encode(message).finish()).toString('base64')
      await rig.emulator.say({ to: COMPANY, from: ANA, text: '', bytes })
    }
    await acknowledged()
    expect(rig.messages()).toMatchObject([{ content: { text: 'a las 3' } }])
    expect(rig.touches()).toMatchObject([
      { kind: 'touch', touch: { do: 'react', target, emoji: '❤' } },
      { kind: 'touch', touch: { do: 'edit', target, text: 'a las 4' } },
      { kind: 'touch', touch: { do: 'delete', target } },
    ])
  })

  test.each([
    ['missed', { outcome: 'missed', seconds: null }],
    ['rejected', { outcome: 'rejected', seconds: null }],
    ['answered', { outcome: 'answered', seconds: 61 }],
  ] as const)('or calls: %s, as one message', async (outcome, seen) => {
    await rig.connected()
    const id = rig.emulator.call({ to: COMPANY, from: ANA, video: true, outcome, seconds: 61 })
    await rig.until('the call', () => rig.messages().length === 1)
    expect(rig.messages()).toMatchObject([
      {
        id: `call-${id}`,
        contact: { lid: rig.lidOf(ANA), phone: ANA },
        content: { kind: 'call', video: true, ...seen },
      },
    ])
  })

  test('in a group, which is no conversation with the company', async () => {
    await rig.connected()
    rig.emulator.groupSays({ to: COMPANY, from: ANA })
    await rig.emulator.say({ to: COMPANY, from: ANA, text: 'a solas' })
    await acknowledged()
    expect(rig.messages()).toMatchObject([{ content: { text: 'a solas' } }])
    expect(rig.seen.journal).toHaveLength(1)
  })

  test('a place, a card, a poll and an answer', async () => {
    await rig.connected()
    const vcard = 'BEGIN:VCARD\nVERSION:3.0\nFN:Luis\nTEL;waid=573009990002:+57 300 9990002\nEND:VCARD'
    const said = [
      { locationMessage: { degreesLatitude: 4.6, degreesLongitude: -74.1, name: 'La tienda' } },
      { contactMessage: { displayName: 'Luis', vcard } },
      {
        pollCreationMessageV3: {
          name: '¿Cuándo?',
          options: [{ optionName: 'Hoy' }, { optionName: 'Mañana' }],
          selectableOptionsCount: 1,
        },
      },
      {
        extendedTextMessage: {
          text: 'hoy',
          contextInfo: { stanzaId: '3EB0AA', quotedMessage: { conversation: '¿cuándo?' } },
        },
      },
    ]
    for (const message of said) await rig.emulator.say({ to: COMPANY, from: ANA, text: '', message })
    await acknowledged()
    expect(rig.messages()).toMatchObject([
      { content: { kind: 'location', latitude: 4.6, longitude: -74.1, name: 'La tienda', live: false } },
      { content: { kind: 'contacts', cards: [{ name: 'Luis', phones: [{ waId: '573009990002' }] }] } },
      { content: { kind: 'poll', question: '¿Cuándo?', options: ['Hoy', 'Mañana'], many: false } },
      {
        content: { kind: 'text', text: 'hoy' },
        quote: { externalId: '3EB0AA', text: '¿cuándo?', kind: 'text' },
      },
    ])
  })

  test('while the link is down, and is read when it is back', async () => {
    const session = await rig.connected()
    await session.stop()
    await rig.emulator.say([
      { to: COMPANY, from: ANA, text: 'uno' },
      { to: COMPANY, from: LUIS, text: 'dos' },
    ])
    rig.start()
    await acknowledged()
    await rig.until('both', () => rig.messages().length === 2)
    expect(rig.messages()).toMatchObject([
      { offline: true, content: { text: 'uno' } },
      { offline: true, content: { text: 'dos' } },
    ])
  })

  test('and a message typed on the phone goes into the chat it was written in', async () => {
    await rig.connected()
    for (const addressing of ['lid', 'pn'] as const) {
      const id = await rig.emulator.phoneSays({ phone: COMPANY, to: ANA, text: addressing, addressing })
      await acknowledged()
      expect(rig.seen.journal.at(-1)).toMatchObject({
        orderKey: `${rig.lidOf(ANA)}@lid`,
        payload: {
          kind: 'phone-message',
          id,
          contact: { lid: rig.lidOf(ANA), phone: ANA },
          name: null,
          content: { text: addressing },
        },
      })
    }
  })
})

describe('nothing is lost', () => {
  test('the receipt goes out only after the journal has the message', async () => {
    const session = await rig.connected()
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    let isReached = () => {}
    const reached = new Promise<void>((resolve) => {
      isReached = resolve
    })
    rig.setBeforeJournal(async ({ payload }) => {
      if (payload.kind === 'receipt') return
      isReached()
      await held
    })
    await rig.emulator.say({ to: COMPANY, from: ANA, text: 'hola' })
    await reached
    // A whole send and its answer travel over the same connection meanwhile: a receipt would have come first.
    expect(await rig.send(session, 'otra cosa', { phone: LUIS })).toMatchObject({ ok: true })
    expect(rig.emulator.sent({ phone: COMPANY })).toMatchObject([{ acknowledgedBy: null, deliveries: 1 }])
    const sessionsOf = async (number: string) =>
      (await rig.rows()).filter(
        ({ type, keyId }) => type === 'session' && keyId.startsWith(rig.lidOf(number)),
      )
    expect(await sessionsOf(ANA)).toEqual([])
    release()
    await acknowledged()
    expect(await sessionsOf(ANA)).toHaveLength(1)
    expect(rig.emulator.sent({ phone: COMPANY })).toMatchObject([
      { acknowledgedBy: 'receipt', deliveries: 1 },
    ])
  })

  test('a crash between journal and receipt leaves the message in the journal', async () => {
    await rig.connected()
    const [before] = await rig.emulator.say({ to: COMPANY, from: ANA, text: 'antes' })
    await acknowledged()
    rig.emulator.deafen({ phone: COMPANY })
    const [id] = await rig.emulator.say({ to: COMPANY, from: ANA, text: 'una vez' })
    await rig.until('the message', () => rig.messages().length === 2)
    rig.emulator.drop({ phone: COMPANY })
    await rig.state('connected', 2)
    await acknowledged()
    expect(rig.emulator.sent({ phone: COMPANY })).toMatchObject([{ id: before }, { id, deliveries: 2 }])
    expect(new Set(rig.messages().map((message) => message.id))).toEqual(new Set([before, id]))
  })

  test('a journal that cannot be written sends no receipt, and the message comes again', async () => {
    await rig.connected()
    let failures = 0
    rig.setBeforeJournal(async () => {
      if (failures++ === 0) throw new Error('the database is away')
    })
    const ids = await rig.emulator.say(
      ['uno', 'dos', 'tres'].map((text) => ({ to: COMPANY, from: ANA, text })),
    )
    await rig.state('connected', 2)
    await acknowledged()
    expect(rig.messages().map((message) => message.id)).toEqual(ids)
    expect(rig.emulator.sent({ phone: COMPANY })).toMatchObject(
      ids.map((id) => ({ id, acknowledgedBy: 'receipt' })),
    )
    expect(rig.seen.states).toContainEqual({ state: 'connecting', reason: 'connection-lost' })
  })
})

describe('the link breaks', () => {
  test('and comes back by itself', async () => {
    await rig.connected()
    rig.emulator.drop({ phone: COMPANY })
    await rig.state('connected', 2)
    expect(rig.seen.states).toContainEqual({ state: 'connecting', reason: 'connection-lost', code: 428 })
    expect(rig.emulator.stats()).toMatchObject({ pairings: 1 })
  })

  test('because the phone removed it: the keys are wiped and a new code is shown', async () => {
    await rig.connected()
    expect((await rig.rows()).length).toBeGreaterThan(800)
    const before = rig.shownCode()?.code
    rig.emulator.logout({ phone: COMPANY })
    await rig.until('another code', () => rig.shownCode()?.code !== before)
    expect(rig.seen.states.slice(-2)).toEqual([
      { state: 'logged-out', reason: 'removed-on-phone', code: 401 },
      { state: 'scan', reason: 'removed-on-phone' },
    ])
    expect(await rig.rows()).toEqual([])
    expect(rig.scan()).toMatchObject({ accepted: true })
    await rig.state('connected', 2)
  })

  test('because the number is used elsewhere: it is not fought for', async () => {
    const session = await rig.connected()
    rig.emulator.fail({ phone: COMPANY, code: 440 })
    await rig.state('replaced')
    await session.stop()
    expect(rig.seen.states.at(-1)).toEqual({ state: 'replaced', reason: 'used-elsewhere', code: 440 })
    expect(rig.emulator.stats()).toMatchObject({ logins: 1 })
    expect((await rig.rows()).length).toBeGreaterThan(800)
  })

  test.each([
    [403, 'banned'],
    [405, 'version-refused'],
    [411, 'disconnected'],
  ] as const)('with %i: %s, and the keys stay', async (code, state) => {
    await rig.connected()
    rig.emulator.fail({ phone: COMPANY, code })
    await rig.state(state)
    expect((await rig.rows()).length).toBeGreaterThan(800)
  })

  test('because another worker has the channel now: nothing more is written', async () => {
    await rig.connected()
    const before = await rig.rows()
    await takeLease({ ...rig.owned, fence: 2n })
    await rig.emulator.say({ to: COMPANY, from: ANA, text: 'para el nuevo' })
    await rig.emulator.wait({ what: 'offline', phone: COMPANY })
    expect(rig.emulator.sent({ phone: COMPANY })).toMatchObject([{ acknowledgedBy: null }])
    expect(await rig.rows()).toEqual(before)
    rig.start({ fence: 2n })
    await rig.state('connected', 2)
    await acknowledged()
    expect(rig.emulator.sent({ phone: COMPANY })).toMatchObject([{ acknowledgedBy: 'receipt' }])
  })

  test('without a word, and a stop does not wait for the far end', async () => {
    const session = await rig.connected()
    rig.emulator.mute({ phone: COMPANY })
    const start = performance.now()
    await session.stop()
    expect(performance.now() - start).toBeLessThan(3_000)
  })

  test('because a proxy refuses the socket: that is no word of WhatsApp', async () => {
    const session = await rig.connected()
    await session.stop()
    const proxy = createServer((_, response) => response.writeHead(401).end())
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    const { port } = proxy.address() as AddressInfo
    rig.start({ webSocketUrl: `ws://127.0.0.1:${port}` })
    const lost = { state: 'connecting', reason: 'connection-lost' }
    await rig.until('the refusal', () => rig.seen.states.at(-1)?.reason === lost.reason)
    expect(rig.seen.states.at(-1)).toEqual(lost)
    expect((await rig.rows()).length).toBeGreaterThan(800)
    proxy.close()
  })
})

describe('the company writes', () => {
  test('and is read by the customer, by LID and by number', async () => {
    const session = await rig.connected()
    await rig.emulator.say({ to: COMPANY, from: LUIS, text: 'hola', hideOtherAddress: true })
    await acknowledged()
    expect(await rig.send(session, 'por número', { phone: ANA })).toMatchObject({ ok: true })
    expect(await rig.send(session, 'por LID', { phone: LUIS, lid: rig.lidOf(LUIS) })).toMatchObject({
      ok: true,
    })
    await rig.emulator.wait({ what: 'inbox', customer: ANA, count: 1 })
    await rig.emulator.wait({ what: 'inbox', customer: LUIS, count: 1 })
    expect(rig.emulator.inbox({ customer: ANA })).toMatchObject([{ text: 'por número', addressedTo: 'pn' }])
    expect(rig.emulator.inbox({ customer: LUIS })).toMatchObject([{ text: 'por LID', addressedTo: 'lid' }])
  })

  test('the same message twice, and the customer sees it once', async () => {
    const session = await rig.connected()
    const id = '01999999-0000-7000-8000-0123456789ab'
    const first = await rig.send(session, 'una vez', { phone: ANA }, id)
    expect(first).toEqual({ ok: true, externalId: '3EB0700080000123456789AB' })
    expect(await rig.send(session, 'una vez', { phone: ANA }, id)).toEqual(first)
    await rig.emulator.wait({ what: 'event', name: 'repeated' })
    expect(rig.emulator.inbox({ customer: ANA })).toMatchObject([
      { id: '3EB0700080000123456789AB', text: 'una vez', repeats: 1 },
    ])
  })

  test('and then a reaction, an edit and a deletion of it', async () => {
    const session = await rig.connected()
    const sent = await rig.send(session, 'buenas', { phone: ANA })
    const target = {
      externalId: sent.ok ? sent.externalId : '',
      from: 'us' as const,
      recipient: { identities: [{ kind: 'phone', value: ANA }], phone: ANA },
    }
    const action = (n: number) => ({ ...target, actionId: `01999999-0000-7000-8000-00000000000${n}` })
    expect(await session.react?.(action(1), '👍')).toMatchObject({ ok: true })
    expect(await session.edit?.(action(2), 'buenas tardes')).toMatchObject({ ok: true })
    expect(await session.delete?.(action(3))).toMatchObject({ ok: true })
    await rig.until('all four on the phone', () => rig.emulator.inbox({ customer: ANA }).length === 4)
    expect(rig.emulator.inbox({ customer: ANA }).map(({ kind }) => kind)).toEqual([
      'extendedTextMessage',
      'reactionMessage',
      'protocolMessage',
      'protocolMessage',
    ])
  })

  test('and the ticks come back through the journal', async () => {
    const session = await rig.connected()
    const sent = await rig.send(session, 'buenas', { phone: ANA })
    const id = sent.ok ? sent.externalId : ''
    await rig.until('delivered', () => rig.receipts().some(({ status }) => status === 'delivered'))
    rig.emulator.receipt({ customer: ANA, type: 'read' })
    await rig.until('read', () => rig.receipts().some(({ status }) => status === 'read'))
    expect(rig.receipts()).toMatchObject([
      { ids: [id], status: 'delivered', code: null },
      { ids: [id], status: 'read', code: null },
    ])
    expect(rig.seen.journal.at(-1)?.orderKey).toBe(`${rig.lidOf(ANA)}@lid`)
  })

  test.each(['463', '479'])('and a refusal with %s is final', async (code) => {
    const session = await rig.connected()
    rig.emulator.refuse({ phone: COMPANY, customer: ANA, code: Number(code) })
    const refused = { ok: false, failure: 'rejected', code, retryable: false }
    expect(await rig.send(session, 'hoy no', { phone: ANA })).toEqual(refused)
    expect(await rig.send(session, 'a ti sí', { phone: LUIS })).toMatchObject({ ok: true })
    expect(rig.emulator.inbox({ customer: ANA })).toEqual([])
  })

  test('and a phone that lost its keys asks again for the text, which is ours', async () => {
    const session = await rig.connected()
    const id = '01999999-0000-7000-8000-000000000001'
    rig.texts.set('3EB070008000000000000001', '¿se lee?')
    await rig.send(session, 'primero', { phone: ANA })
    await rig.emulator.wait({ what: 'inbox', customer: ANA, count: 1 })
    await rig.emulator.forgetSessions({ customer: ANA, phone: COMPANY })
    await rig.send(session, '¿se lee?', { phone: ANA }, id)
    await rig.emulator.wait({ what: 'inbox', customer: ANA, count: 2 })
    expect(rig.emulator.inbox({ customer: ANA })[1]).toMatchObject({ text: '¿se lee?', repeats: 0 })
  })

  test('while the link is dead, and hears that it must be tried again', async () => {
    await rig.close()
    rig = await makeRig({ answerWithinMs: 300 })
    const session = await rig.connected()
    await rig.send(session, 'antes', { phone: ANA })
    rig.emulator.deafen({ phone: COMPANY })
    const unanswered = { ok: false, failure: 'offline', code: 'no-answer', retryable: true }
    expect(await rig.send(session, 'al vacío', { phone: ANA })).toEqual(unanswered)
    rig.emulator.drop({ phone: COMPANY })
    await rig.state('connected', 2)
    expect(await rig.send(session, 'de vuelta', { phone: ANA })).toMatchObject({ ok: true })
  })

  test('to nobody, or what WhatsApp cannot carry yet, and is refused at once', async () => {
    const session = rig.start()
    const offline = { ok: false, failure: 'offline', retryable: true }
    expect(await rig.send(session, 'aún no', { phone: ANA })).toMatchObject(offline)
    await rig.until('a code', () => rig.shownCode() !== undefined)
    rig.scan()
    await rig.state('connected')
    const refused = { ok: false, failure: 'rejected', code: 'no-address', retryable: false }
    expect(await rig.send(session, '¿a quién?', {})).toEqual(refused)
  })
})

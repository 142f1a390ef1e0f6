import './silence-libsignal'
import { randomBytes } from 'node:crypto'
import type { AuthenticationState, proto } from '@whiskeysockets/baileys'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connectToEmulator } from './client'
import { startWhatsAppEmulator, type WhatsAppEmulator } from './server'
import { makeMemoryAuth, pairStockClient, type StockClient, startStockClient } from './stock-client'

const COMPANY = '573001112233'
const ANA = '573009990001'
const LUIS = '573009990002'

/** What stock Baileys asks that the emulator has no answer for. Any other question is news from upstream. */
const ALLOWED_UNKNOWN = ['iq set privacy tokens']

let emulator: WhatsAppEmulator
let auth: AuthenticationState
let clients: StockClient[]

beforeEach(async () => {
  emulator = await startWhatsAppEmulator()
  auth = makeMemoryAuth()
  clients = []
})

afterEach(async () => {
  const { unknown } = emulator.stats()
  for (const client of clients) await client.stop()
  await emulator.close()
  expect(Object.keys(unknown).filter((name) => !ALLOWED_UNKNOWN.includes(name))).toEqual([])
})

const scan = (qr: string) => emulator.scan({ qr, phone: COMPANY })
const jidOf = (number: string) => emulator.addresses({ number }).pn
const online = () => emulator.wait({ what: 'online', phone: COMPANY })

async function pair(options: Parameters<typeof pairStockClient>[3] = {}): Promise<StockClient> {
  const client = await pairStockClient(emulator.url, auth, scan, options)
  clients.push(client)
  return client
}

function start(
  ...[as = auth, options]: [AuthenticationState?, Parameters<typeof startStockClient>[2]?]
): StockClient {
  const client = startStockClient(emulator.url, as, options)
  clients.push(client)
  return client
}

const isClosed = (client: StockClient) => () => client.seen.closedBy !== undefined
const hasTexts = (client: StockClient, count: number) => () => client.inboundTexts().length >= count

/** What the bridge must do as long as Baileys does not: a new secret, and the QR drawn again with it. */
function answerRegistrationRefresh(client: StockClient, state: AuthenticationState): Promise<string> {
  return new Promise((resolve) => {
    client.socket.ws.on('CB:notification,type:companion_reg_refresh', () => {
      state.creds.advSecretKey = randomBytes(32).toString('base64')
      const fields = (client.seen.qrs.at(-1) ?? '').split(',')
      resolve(fields.with(3, state.creds.advSecretKey).join(','))
    })
  })
}

describe('pairing', () => {
  test('a scanned QR links the companion, which comes back and is online', async () => {
    await pair()
    expect(auth.creds.me?.id).toBe(`${COMPANY}:1@s.whatsapp.net`)
    expect(auth.creds.me?.lid).toBe(emulator.addresses({ number: COMPANY }).lid.replace('@', ':1@'))
    expect(emulator.stats()).toMatchObject({ pairings: 1, logins: 1, pending: 0 })
  })

  test('after a registration refresh only a QR with a new secret is accepted', async () => {
    emulator.regRefresh({ on: true })
    const client = start()
    await client.until('a QR', () => client.seen.qrs.length > 0)
    const redrawn = answerRegistrationRefresh(client, auth)
    const shown = client.seen.qrs[0] ?? ''
    expect(scan(shown)).toEqual({ accepted: false, reason: 'registration-refreshed' })
    const qr = await redrawn
    expect(scan(shown)).toEqual({ accepted: false, reason: 'retired-secret' })
    expect(scan(qr)).toMatchObject({ accepted: true })
    await client.until('the end of pairing', isClosed(client))
    expect(client.seen.closedBy).toBe(515)
    start()
    await online()
  })

  test.each([
    ['text that is no QR', (qr: string) => qr.slice(0, 60), 'not-a-qr'],
    ['a ref nobody was given', (qr: string) => qr.replace('#2@', '#2@x'), 'unknown-ref'],
    ['the keys of another client', (qr: string) => swapFields(qr), 'keys-differ'],
  ])('%s is refused', async (_, change, reason) => {
    const client = start()
    await client.until('a QR', () => client.seen.qrs.length > 0)
    expect(scan(change(client.seen.qrs[0] ?? ''))).toEqual({ accepted: false, reason })
  })

  test('an expired ref is refused', async () => {
    const client = start()
    await client.until('a QR', () => client.seen.qrs.length > 0)
    emulator.expireRefs()
    expect(scan(client.seen.qrs[0] ?? '')).toEqual({ accepted: false, reason: 'ref-expired' })
  })

  test('two companies live beside each other', async () => {
    const other = makeMemoryAuth()
    const first = await pair()
    const second = await pairStockClient(emulator.url, other, (qr) =>
      emulator.scan({ qr, phone: '5215550001' }),
    )
    clients.push(second)
    await emulator.say([
      { to: COMPANY, from: ANA, text: 'for the first' },
      { to: '5215550001', from: ANA, text: 'for the second' },
    ])
    await first.until('its message', hasTexts(first, 1))
    await second.until('its message', hasTexts(second, 1))
    expect([first.inboundTexts(), second.inboundTexts()]).toEqual([['for the first'], ['for the second']])
  })
})

describe('customers write', () => {
  test.each([
    ['lid', false],
    ['lid', true],
    ['pn', false],
    ['pn', true],
  ] as const)('addressed by %s (other address hidden: %s)', async (addressing, hideOtherAddress) => {
    const client = await pair()
    await emulator.say({ to: COMPANY, from: ANA, name: 'Ana', text: 'hola', addressing, hideOtherAddress })
    await client.until('the message', hasTexts(client, 1))
    const [own, other] = addressing === 'lid' ? (['lid', 'pn'] as const) : (['pn', 'lid'] as const)
    const addresses = emulator.addresses({ number: ANA })
    const { type, message } = client.seen.messages[0] ?? {}
    expect({ type, name: message?.pushName, text: message?.message?.conversation }).toEqual({
      type: 'notify',
      name: 'Ana',
      text: 'hola',
    })
    expect(message?.key.remoteJid).toBe(addresses[own])
    expect(message?.key.remoteJidAlt).toBe(hideOtherAddress ? undefined : addresses[other])
    await emulator.wait({ what: 'acknowledged', phone: COMPANY })
    expect(emulator.sent()[0]).toMatchObject({
      from: ANA,
      acknowledgedBy: 'receipt',
      deliveries: 1,
      isRead: false,
    })
  })

  test('the ledger says when the chat was opened', async () => {
    const client = await pair()
    await emulator.say({ to: COMPANY, from: ANA, text: 'hola' })
    await client.until('the message', hasTexts(client, 1))
    const key = client.seen.messages[0]?.message.key
    await client.socket.readMessages(key ? [key] : [])
    await emulator.wait({ what: 'event', name: 'read-by-companion' })
    expect(emulator.sent()[0]?.isRead).toBe(true)
  })

  test('a burst arrives whole and in order', async () => {
    const client = await pair()
    const customers = Array.from({ length: 20 }, (_, i) => `57311000${1000 + i}`)
    const texts = ['1', '2', '3', '4', '5', '6']
    await emulator.say(texts.flatMap((text) => customers.map((from) => ({ to: COMPANY, from, text }))))
    await client.until('all', hasTexts(client, 120))
    await emulator.wait({ what: 'acknowledged', phone: COMPANY })
    for (const number of customers) {
      const { lid } = emulator.addresses({ number })
      const own = client.seen.messages.filter(({ message }) => message.key.remoteJid === lid)
      expect(own.map(({ message }) => message.message?.conversation)).toEqual(texts)
    }
  })

  test('a message that cannot be read is asked for again and comes with the same id', async () => {
    const client = await pair({ retryRequestDelayMs: 1 })
    const [id] = await emulator.say({ to: COMPANY, from: ANA, text: 'at the second try', isDamaged: true })
    await client.until('the text', () => client.inboundTexts().includes('at the second try'))
    await emulator.wait({ what: 'acknowledged', phone: COMPANY })
    expect(emulator.sent()[0]).toMatchObject({ id, deliveries: 2, acknowledgedBy: 'receipt' })
  })

  test('what the owner types on the phone reaches the companion as its own', async () => {
    const client = await pair()
    const id = await emulator.phoneSays({ phone: COMPANY, to: ANA, text: 'from the phone' })
    await client.until('the message', () => client.seen.messages.length === 1)
    expect(client.seen.messages[0]?.message.key).toMatchObject({
      id,
      fromMe: true,
      remoteJid: emulator.addresses({ number: ANA }).lid,
    })
    expect(emulator.inbox({ customer: ANA })).toMatchObject([
      { id, text: 'from the phone', writtenOn: 'phone' },
    ])
    await emulator.wait({ what: 'acknowledged', phone: COMPANY })
  })
})

describe('the companion writes', () => {
  test('customer and owner read it, and the ticks turn', async () => {
    const client = await pair()
    const sent = await client.socket.sendMessage(jidOf(ANA), { text: 'buenas' })
    const id = sent?.key.id ?? ''
    await emulator.wait({ what: 'inbox', customer: ANA, count: 1 })
    expect(emulator.inbox({ customer: ANA })).toMatchObject([
      { id, from: COMPANY, text: 'buenas', repeats: 0 },
    ])
    expect(emulator.inbox({ customer: COMPANY })).toMatchObject([{ id, to: ANA, text: 'buenas' }])
    client.socket.ev.flush()
    await client.until('two grey ticks', () => statusesOf(client, id).includes(3))
    expect(emulator.receipt({ customer: ANA, type: 'read' })).toEqual([id])
    await client.until('two blue ticks', () => statusesOf(client, id).includes(4))
    expect(emulator.inbox({ customer: ANA })[0]?.status).toBe('read')
  })

  test('a phone that is off confirms nothing until it is on', async () => {
    emulator.autoDeliver({ on: false })
    const client = await pair()
    await client.socket.sendMessage(jidOf(ANA), { text: 'one' })
    await client.socket.sendMessage(jidOf(ANA), { text: 'two' })
    await emulator.wait({ what: 'inbox', customer: ANA, count: 2 })
    expect(emulator.inbox({ customer: ANA }).map(({ status }) => status)).toEqual(['sent', 'sent'])
    const ids = emulator.receipt({ customer: ANA, type: 'delivered' })
    client.socket.ev.flush()
    await client.until('both delivered', () => ids.every((id) => statusesOf(client, id).includes(3)))
  })

  test('a repeated id is shown once and counted', async () => {
    const client = await pair()
    for (const text of ['first', 'again', 'again']) {
      await client.socket.sendMessage(jidOf(ANA), { text }, { messageId: 'SAME-ID' })
    }
    await emulator.wait({ what: 'event', name: 'repeated' })
    await client.socket.sendMessage(jidOf(ANA), { text: 'last' })
    await emulator.wait({ what: 'inbox', customer: ANA, count: 2 })
    expect(emulator.inbox({ customer: ANA }).map(({ text, repeats }) => [text, repeats])).toEqual([
      ['first', 2],
      ['last', 0],
    ])
  })

  test('a phone that lost its keys asks again and shows the message once', async () => {
    const kept = new Map<string, proto.IMessage>()
    const client = await pair({ getMessage: async ({ id }) => kept.get(id ?? '') })
    await emulator.say({ to: COMPANY, from: ANA, text: 'hola' })
    await client.until('the message', hasTexts(client, 1))
    await client.socket.sendMessage(jidOf(ANA), { text: 'what is it?' })
    await emulator.wait({ what: 'inbox', customer: ANA, count: 1 })
    await emulator.forgetSessions({ customer: ANA, phone: COMPANY })
    const sent = await client.socket.sendMessage(jidOf(ANA), { text: 'can you read this?' })
    if (sent?.key.id && sent.message) kept.set(sent.key.id, sent.message)
    await emulator.wait({ what: 'inbox', customer: ANA, count: 2 })
    expect(emulator.events().map(({ what }) => what)).toContain('unreadable')
    expect(emulator.inbox({ customer: ANA })[1]).toMatchObject({ text: 'can you read this?', repeats: 0 })
  })

  test('a refused message never reaches the phone, and the account says how long', async () => {
    const client = await pair()
    emulator.refuse({ phone: COMPANY, customer: ANA, code: 463 })
    const sent = await client.socket.sendMessage(jidOf(ANA), { text: 'not today' })
    await client.socket.sendMessage(jidOf(LUIS), { text: 'but to you' })
    await emulator.wait({ what: 'inbox', customer: LUIS, count: 1 })
    client.socket.ev.flush()
    await client.until('the error', () => statusesOf(client, sent?.key.id ?? '').includes(0))
    expect(emulator.inbox({ customer: ANA })).toEqual([])
    expect(await client.socket.fetchAccountReachoutTimelock()).toMatchObject({ isActive: true })
  })

  test('onWhatsApp knows who is there', async () => {
    const client = await pair()
    emulator.setOnWhatsApp({ number: LUIS, on: false })
    const found = await client.socket.onWhatsApp(ANA, LUIS)
    expect(found).toEqual([{ jid: jidOf(ANA), exists: true }])
  })
})

describe('connections break', () => {
  test('what was said meanwhile waits, in order, and is marked offline', async () => {
    const client = await pair()
    emulator.drop({ phone: COMPANY })
    await client.until('the end', isClosed(client))
    expect(client.seen.closedBy).toBe(428)
    await emulator.say([
      { to: COMPANY, from: ANA, text: 'one' },
      { to: COMPANY, from: LUIS, text: 'two' },
    ])
    const back = start()
    await back.until('both', hasTexts(back, 2))
    expect(back.inboundTexts()).toEqual(['one', 'two'])
    expect(back.seen.messages.map(({ type }) => type)).toEqual(['append', 'append'])
    await emulator.wait({ what: 'acknowledged', phone: COMPANY })
    expect(emulator.stats().pending).toBe(0)
  })

  test('what was delivered but not confirmed is delivered again', async () => {
    const client = await pair()
    emulator.mute({ phone: COMPANY })
    await emulator.say({ to: COMPANY, from: ANA, text: 'into the void' })
    expect(client.inboundTexts()).toEqual([])
    expect(emulator.sent()[0]?.acknowledgedBy).toBeNull()
    emulator.drop({ phone: COMPANY })
    await emulator.wait({ what: 'offline', phone: COMPANY })
    const back = start()
    await back.until('the message', hasTexts(back, 1))
    await emulator.wait({ what: 'acknowledged', phone: COMPANY })
    expect(emulator.sent()[0]).toMatchObject({ deliveries: 2, acknowledgedBy: 'receipt' })
  })

  test('what the companion has read although its receipt was lost comes again, and it says so', async () => {
    const client = await pair()
    emulator.deafen({ phone: COMPANY })
    const [id] = await emulator.say({ to: COMPANY, from: ANA, text: 'twice' })
    await client.until('the message', hasTexts(client, 1))
    emulator.drop({ phone: COMPANY })
    await client.until('the end', isClosed(client))
    const back = start()
    await emulator.wait({ what: 'acknowledged', phone: COMPANY })
    expect(back.inboundTexts()).toEqual([])
    expect(emulator.sent()).toMatchObject([{ id, deliveries: 2, acknowledgedBy: 'nack' }])
  })

  test('a dead link is noticed by the keep-alive', async () => {
    const client = await pair({ keepAliveIntervalMs: 200 })
    emulator.mute({ phone: COMPANY })
    await client.until('the end', isClosed(client))
    expect(client.seen.closedBy).toBe(408)
  })

  test('a second login of the same device replaces the first', async () => {
    const client = await pair()
    start()
    await client.until('the end', isClosed(client))
    expect(client.seen.closedBy).toBe(440)
    await online()
  })

  test('a removed device is told so, now and when it comes back', async () => {
    const client = await pair()
    emulator.logout({ phone: COMPANY })
    await client.until('the end', isClosed(client))
    expect(client.seen.closedBy).toBe(401)
    const back = start()
    await back.until('the end', isClosed(back))
    expect(back.seen.closedBy).toBe(401)
  })

  test('a companion that logs out is gone', async () => {
    const client = await pair()
    await client.socket.logout()
    await emulator.wait({ what: 'event', name: 'logged-out' })
    await expect(emulator.say({ to: COMPANY, from: ANA, text: 'hola' })).rejects.toThrow(
      'No companion is linked',
    )
  })

  test('any code ends the stream, or refuses so many logins', async () => {
    await (await pair()).stop()
    for (const code of [401, 403, 405, 408, 411, 428, 440, 500, 503, 515]) {
      const client = start()
      await client.until('open', () => client.seen.state.connection === 'open')
      emulator.fail({ phone: COMPANY, code })
      await client.until('the end', isClosed(client))
      expect(client.seen.closedBy).toBe(code)
    }
    emulator.fail({ code: 405, nextLogins: 1 })
    const refused = start(makeMemoryAuth())
    await refused.until('the end', isClosed(refused))
    expect([refused.seen.closedBy, refused.seen.qrs]).toEqual([405, []])
    emulator.fail({ phone: COMPANY, code: 403, nextLogins: 1 })
    const banned = start()
    await banned.until('the end', isClosed(banned))
    expect(banned.seen.closedBy).toBe(403)
    start()
    await online()
  })
})

describe('the control API', () => {
  test('does over HTTP what the methods do', async () => {
    const remote = connectToEmulator(emulator.controlUrl)
    const client = await pairStockClient(emulator.url, auth, (qr) => remote.scan({ qr, phone: COMPANY }))
    clients.push(client)
    expect(await remote.wait({ what: 'online', phone: COMPANY })).toBeGreaterThanOrEqual(0)
    const [id] = await remote.say({ to: COMPANY, from: ANA, text: 'hola' })
    await remote.wait({ what: 'acknowledged' })
    expect(await remote.sent({ phone: COMPANY })).toMatchObject([{ id, acknowledgedBy: 'receipt' }])
    await client.socket.sendMessage(jidOf(ANA), { text: 'buenas' })
    await remote.wait({ what: 'inbox', customer: ANA, count: 1 })
    const response = await fetch(`${emulator.controlUrl}/inbox?customer=${ANA}`)
    expect(await response.json()).toMatchObject([{ text: 'buenas' }])
    expect((await remote.stats()).online).toEqual([`${COMPANY}:1@s.whatsapp.net`])
  })

  test('says what is wrong with an order', async () => {
    const remote = connectToEmulator(emulator.controlUrl)
    await expect(remote.say({ to: 'the shop', from: ANA, text: '' })).rejects.toThrow(
      'digits with country code',
    )
    await expect(remote.drop({ phone: COMPANY })).rejects.toThrow('No companion is linked')
    await expect(remote.wait({ what: 'online', phone: COMPANY, timeoutMs: 20 })).rejects.toThrow(
      'Not within 20 ms',
    )
    expect((await fetch(`${emulator.controlUrl}/dance`)).status).toBe(404)
  })
})

function statusesOf(client: StockClient, id: string): unknown[] {
  return [
    ...client.seen.updates.filter(({ key }) => key.id === id).map(({ update }) => update.status),
    ...client.seen.messages
      .filter(({ message }) => message.key.id === id)
      .map(({ message }) => message.status),
  ]
}

/** Noise and identity key change places. */
function swapFields(qr: string): string {
  const [ref = '', noise = '', identity = '', ...rest] = qr.split(',')
  return [ref, identity, noise, ...rest].join(',')
}

import type { Channel } from 'pusher-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CODES, LIMITS } from './limits'
import { createBackend, next, readField, record, startRig, statusOf, subscribe } from './test-rig'

/** The server as the official packages see it: `pusher` publishes, `pusher-js` listens. */

let rig: Awaited<ReturnType<typeof startRig>>
beforeAll(async () => {
  rig = await startRig()
})
afterAll(() => rig.stop())

describe('publishing', () => {
  test('an event reaches the subscribers of its channel and nobody else', async () => {
    const [ana, ben] = [rig.connect(), rig.connect()]
    const orders = record(await subscribe(ana, 'orders'))
    const other = record(await subscribe(ben, 'other'))
    await rig.backend.trigger('orders', 'placed', { id: 1 })
    await rig.backend.trigger('other', 'end', {})
    expect(await orders.has('placed')).toEqual({ id: 1 })
    await other.has('end')
    expect(other.names()).toEqual(['end'])
  })

  test('the socket that caused an event is left out', async () => {
    const [ana, ben] = [rig.connect(), rig.connect()]
    const mine = record(await subscribe(ana, 'echo'))
    const theirs = record(await subscribe(ben, 'echo'))
    await rig.backend.trigger('echo', 'said', 'hi', { socket_id: ana.connection.socket_id })
    await rig.backend.trigger('echo', 'end', {})
    await Promise.all([mine.has('end'), theirs.has('end')])
    expect(mine.names()).toEqual(['end'])
    expect(theirs.names()).toEqual(['said', 'end'])
  })

  test('a hundred channels take one call', async () => {
    const last = record(await subscribe(rig.connect(), 'many-99'))
    const names = Array.from({ length: LIMITS.channelsPerEvent }, (_, n) => `many-${n}`)
    await rig.backend.trigger(names, 'hello', {})
    await last.has('hello')
    const oneMore = { name: 'x', data: '', channels: [...names, 'one-more'] }
    expect(await statusOf(post('/events', oneMore))).toBe(400)
  })

  test('ten events make a batch; eleven are refused and none of them is sent', async () => {
    const channel = record(await subscribe(rig.connect(), 'batched'))
    const batch = (size: number, name: string) =>
      Array.from({ length: size }, (_, n) => ({ channel: 'batched', name, data: { n } }))
    expect(await statusOf(rig.backend.triggerBatch(batch(11, 'refused')))).toBe(400)
    expect(await statusOf(rig.backend.triggerBatch(batch(10, 'sent')))).toBe(200)
    await rig.backend.trigger('batched', 'end', {})
    await channel.has('end')
    expect(channel.names()).toEqual([...Array(10).fill('sent'), 'end'])
  })

  test.each([
    ['10,240 bytes pass', 'a'.repeat(10_240), 200],
    ['10,241 bytes do not', 'a'.repeat(10_241), 413],
    ['bytes are counted, not characters', 'ñ'.repeat(5_121), 413],
  ])('%s', async (_, data, status) => {
    expect(await statusOf(rig.backend.trigger('sized', 'x', data))).toBe(status)
    expect(await statusOf(rig.backend.triggerBatch([{ channel: 'sized', name: 'x', data }]))).toBe(status)
  })

  test('a wrong secret is refused, an unknown app is not found', async () => {
    const port = rig.port()
    const asks = (backend: ReturnType<typeof createBackend>) => statusOf(backend.trigger('a', 'b', {}))
    expect(await asks(createBackend(port, { secret: 'guess' }))).toBe(401)
    expect(await asks(createBackend(port, { key: 'guess' }))).toBe(401)
    expect(await asks(createBackend(port, { appId: '9' }))).toBe(404)
  })

  test('names that browsers may not use are refused', async () => {
    expect(await statusOf(rig.backend.trigger('a', 'pusher:error', {}))).toBe(400)
    expect(await statusOf(rig.backend.trigger('c'.repeat(165), 'x', {}))).toBe(400)
  })

  test('the state of channels can be asked for', async () => {
    const client = rig.connect({ presence: { user_id: 'ana' } })
    await subscribe(client, 'presence-asked')
    const ask = async (path: string, params = {}) => (await rig.backend.get({ path, params })).json()
    const members = { 'presence-asked': { user_count: 1 } }
    const filter = { filter_by_prefix: 'presence-asked', info: 'user_count' }
    expect(await ask('/channels', filter)).toEqual({ channels: members })
    expect(await ask('/channels/presence-asked', { info: 'user_count,subscription_count' })).toEqual({
      occupied: true,
      user_count: 1,
      subscription_count: 1,
    })
    expect(await ask('/channels/empty')).toEqual({ occupied: false })
    expect(await ask('/channels/presence-asked/users')).toEqual({ users: [{ id: 'ana' }] })
    expect(await statusOf(ask('/channels/orders/users'))).toBe(400)
    const told = await rig.backend.trigger('presence-asked', 'x', {}, { info: 'user_count' })
    expect(await told.json()).toEqual({ channels: members })
  })
})

describe('private channels', () => {
  test('a forged signature is refused', async () => {
    const client = rig.connect({ authorizer: createBackend(rig.port(), { secret: 'guess' }) })
    const refusal = await next(client.subscribe('private-books'), 'pusher:subscription_error')
    expect(refusal).toMatchObject({ type: 'AuthError', status: 401 })
  })

  test('a signature made for one socket is refused on another', async () => {
    const [ana, eve] = [await rig.connectRaw(), await rig.connectRaw()]
    const { auth } = rig.backend.authorizeChannel(ana.socketId, 'private-books')
    eve.send({ event: 'pusher:subscribe', data: { channel: 'private-books', auth } })
    await eve.frames.find((frame) => frame.event === 'pusher:subscription_error')
    ana.send({ event: 'pusher:subscribe', data: { channel: 'private-books', auth } })
    await ana.frames.find((frame) => frame.event === 'pusher_internal:subscription_succeeded')
    await rig.backend.trigger('private-books', 'secret', {})
    await ana.frames.find((frame) => frame.event === 'secret')
    eve.send({ event: 'pusher:ping' })
    await eve.frames.find((frame) => frame.event === 'pusher:pong')
    expect(eve.frames.items.map((frame) => frame.event)).not.toContain('secret')
  })

  test('after unsubscribing nothing more is sent', async () => {
    const raw = await rig.connectRaw()
    for (const channel of ['gone', 'stays']) raw.send({ event: 'pusher:subscribe', data: { channel } })
    raw.send({ event: 'pusher:unsubscribe', data: { channel: 'gone' } })
    raw.send({ event: 'pusher:ping' })
    await raw.frames.find((frame) => frame.event === 'pusher:pong')
    await rig.backend.trigger('gone', 'late', {})
    await rig.backend.trigger('stays', 'end', {})
    await raw.frames.find((frame) => frame.event === 'end')
    expect(raw.frames.items.map((frame) => frame.event)).not.toContain('late')
  })

  test('an encrypted event is readable to its subscribers only', async () => {
    const name = 'private-encrypted-notes'
    const channel = record(await subscribe(rig.connect(), name))
    const raw = await rig.connectRaw()
    const { auth } = rig.backend.authorizeChannel(raw.socketId, name)
    raw.send({ event: 'pusher:subscribe', data: { channel: name, auth } })
    await raw.frames.find((frame) => frame.event === 'pusher_internal:subscription_succeeded')
    await rig.backend.trigger(name, 'note', { text: 'hola' })
    expect(await channel.has('note')).toEqual({ text: 'hola' })
    const onTheWire = await raw.frames.find((frame) => frame.event === 'note')
    expect(JSON.stringify(onTheWire)).not.toContain('hola')
  })
})

describe('presence', () => {
  const name = 'presence-room'
  const joinAs = (id: string) =>
    subscribe(rig.connect({ presence: { user_id: id, user_info: { name: id } } }), name)

  test('a user in two tabs is one member, who leaves with the last tab', async () => {
    const ana = await joinAs('ana')
    const changes: unknown[] = []
    ana.bind('pusher:member_added', (member: object) => changes.push(['came', member]))
    ana.bind('pusher:member_removed', (member: object) => changes.push(['left', member]))
    const [firstTab, secondTab] = [await joinAs('ben'), await joinAs('ben')]
    expect(secondTab).toMatchObject({ members: { count: 2, myID: 'ben' } })

    firstTab.pusher.disconnect()
    const carl = await joinAs('carl')
    expect(carl).toMatchObject({ members: { count: 3, members: { ben: { name: 'ben' } } } })
    const removed = next(ana, 'pusher:member_removed')
    secondTab.pusher.disconnect()
    await removed
    const ben = { id: 'ben', info: { name: 'ben' } }
    expect(changes).toEqual([
      ['came', ben],
      ['came', { id: 'carl', info: { name: 'carl' } }],
      ['left', ben],
    ])
    expect(ana).toMatchObject({ members: { count: 2 } })
  })

  test('data other than the signed data is refused', async () => {
    const eve = await rig.connectRaw()
    const { auth } = rig.backend.authorizeChannel(eve.socketId, name, { user_id: 'eve' })
    const data = { channel: name, auth, channel_data: '{"user_id":"boss"}' }
    eve.send({ event: 'pusher:subscribe', data })
    const refusal = await eve.frames.find((frame) => frame.event === 'pusher:subscription_error')
    expect(refusal.data).toMatchObject({ type: 'AuthError' })
  })

  test('the hundred and first member is refused, a second tab of a member is not', async () => {
    const join = async (id: string) => {
      const raw = await rig.connectRaw()
      const proof = rig.backend.authorizeChannel(raw.socketId, 'presence-full', { user_id: id })
      raw.send({ event: 'pusher:subscribe', data: { channel: 'presence-full', ...proof } })
      return raw.frames.find((frame) => frame.event.includes('subscription_'))
    }
    for (let n = 0; n < LIMITS.presenceMembers; n++) await join(`member-${n}`)
    expect(await join('one-more')).toMatchObject({ data: { type: 'LimitReached' } })
    expect(await join('member-7')).toMatchObject({ data: { presence: { count: 100 } } })
  })
})

describe('client events', () => {
  test('pass between subscribers of a private channel, never back to their sender', async () => {
    const [ana, ben] = [rig.connect(), rig.connect()]
    const mine = await subscribe(ana, 'private-talk')
    const [heardByMe, heardByBen] = [record(mine), record(await subscribe(ben, 'private-talk'))]
    mine.trigger('client-typing', { on: true })
    expect(await heardByBen.has('client-typing')).toEqual({ on: true })
    await rig.backend.trigger('private-talk', 'end', {})
    await heardByMe.has('end')
    expect(heardByMe.names()).toEqual(['end'])
  })

  test('on presence they carry the id the server knows', async () => {
    const ana = await subscribe(rig.connect({ presence: { user_id: 'ana' } }), 'presence-talk')
    const ben = await subscribe(rig.connect({ presence: { user_id: 'ben' } }), 'presence-talk')
    const heard = new Promise((resolve) => ben.bind('client-typing', (_: unknown, by: object) => resolve(by)))
    ana.trigger('client-typing', { user_id: 'boss' })
    expect(await heard).toEqual({ user_id: 'ana' })
  })

  test.each([
    ['a public channel', 'talk'],
    ['an encrypted channel', 'private-encrypted-talk'],
    ['a channel one is not on', 'private-elsewhere'],
  ])('are refused on %s', async (_, name) => {
    const listener = record(await subscribe(rig.connect(), name))
    const raw = await rig.connectRaw()
    if (name !== 'private-elsewhere') {
      const { auth } = rig.backend.authorizeChannel(raw.socketId, name)
      raw.send({ event: 'pusher:subscribe', data: { channel: name, auth } })
      await raw.frames.find((frame) => frame.event === 'pusher_internal:subscription_succeeded')
    }
    raw.send({ event: 'client-x', channel: name, data: {} })
    const error = await raw.frames.find((frame) => frame.event === 'pusher:error')
    expect(error.data).toMatchObject({ code: CODES.clientEventRefused })
    await rig.backend.trigger(name, 'end', {})
    await listener.has('end')
    expect(listener.names()).toEqual(['end'])
  })

  test('are limited to ten a second', async () => {
    const [ana, ben] = [rig.connect(), rig.connect()]
    const mine = await subscribe(ana, 'private-rate')
    const heard = record(await subscribe(ben, 'private-rate'))
    const error = next(ana.connection, 'error')
    for (let n = 0; n < 11; n++) mine.trigger('client-n', n)
    expect(await error).toMatchObject({ type: 'PusherError', data: { code: CODES.clientEventRefused } })
    expect(ana.connection.state).toBe('connected')
    rig.advance(1_000)
    mine.trigger('client-later', {})
    await heard.has('client-later')
    expect(heard.names()).toEqual([...Array(10).fill('client-n'), 'client-later'])
  })
})

describe('cache channels and counts', () => {
  test('a late subscriber gets the last event, an early one is told there is none', async () => {
    const own = await startRig()
    const first = own.connect().subscribe('private-cache-menu')
    await next(first, 'pusher:cache_miss')
    await own.backend.trigger('private-cache-menu', 'menu', { version: 1 })
    await own.backend.trigger('private-cache-menu', 'menu', { version: 2 })
    expect(await next(own.connect().subscribe('private-cache-menu'), 'menu')).toEqual({ version: 2 })
    own.advance(LIMITS.cacheMs)
    await next(own.connect().subscribe('private-cache-menu'), 'pusher:cache_miss')
    await own.stop()
  })

  test('subscribers hear how many they are', async () => {
    const ana = rig.connect().subscribe('counted')
    expect(await next(ana, 'pusher:subscription_count')).toEqual({ subscription_count: 1 })
    ana.unbind_all()
    const both = next(ana, 'pusher:subscription_count')
    const ben = await subscribe(rig.connect(), 'counted')
    expect(await both).toEqual({ subscription_count: 2 })
    ana.unbind_all()
    const alone = next(ana, 'pusher:subscription_count')
    ben.pusher.disconnect()
    expect(await alone).toEqual({ subscription_count: 1 })
  })
})

describe('users', () => {
  test('a signed-in user is reached on every socket, watched, and cut off', async () => {
    const boss = rig.connect({ user: { id: 'boss', watchlist: ['ana', 'ben'] } })
    const away = next(boss.user.watchlist, 'offline')
    boss.signin()
    expect(await away).toEqual({ name: 'offline', user_ids: ['ana', 'ben'] })

    const online = next(boss.user.watchlist, 'online')
    const tabs = [rig.connect({ user: { id: 'ana' } }), rig.connect({ user: { id: 'ana' } })]
    for (const tab of tabs) tab.signin()
    await Promise.all(tabs.map((tab) => signedIn(tab)))
    expect(await online).toEqual({ name: 'online', user_ids: ['ana'] })

    const news = tabs.map((tab) => next(tab.user, 'news'))
    await rig.backend.sendToUser('ana', 'news', { text: 'hola' })
    expect(await Promise.all(news)).toEqual([{ text: 'hola' }, { text: 'hola' }])

    boss.user.watchlist.unbind_all()
    const offline = next(boss.user.watchlist, 'offline')
    const errors = tabs.map((tab) => next(tab.connection, 'error'))
    const ends = tabs.map((tab) => next(tab.connection, 'disconnected'))
    await rig.backend.terminateUserConnections('ana')
    expect(await errors[0]).toMatchObject({ data: { code: CODES.unauthorised } })
    await Promise.all(ends)
    expect(await offline).toEqual({ name: 'offline', user_ids: ['ana'] })
    expect(boss.connection.state).toBe('connected')
  })

  test('a watched user is away only when the last socket is gone', async () => {
    const boss = rig.connect({ user: { id: 'chief', watchlist: ['eva'] } })
    const changes: string[] = []
    for (const change of ['online', 'offline']) boss.user.watchlist.bind(change, () => changes.push(change))
    boss.signin()
    await signedIn(boss)
    const tabs = [rig.connect({ user: { id: 'eva' } }), rig.connect({ user: { id: 'eva' } })]
    for (const tab of tabs) tab.signin()
    await Promise.all(tabs.map((tab) => signedIn(tab)))

    const desk = await subscribe(boss, 'desk')
    for (const [tab, expected] of [
      [tabs[0], ['offline', 'online']],
      [tabs[1], ['offline', 'online', 'offline']],
    ] as const) {
      tab?.subscribe('desk')
      await countOf(desk, 2)
      tab?.disconnect()
      await countOf(desk, 1)
      const end = next(boss.user, 'end')
      await rig.backend.sendToUser('chief', 'end', {})
      await end
      expect(changes).toEqual(expected)
    }
  })

  test('a forged sign-in closes the connection', async () => {
    const eve = rig.connect({
      user: { id: 'boss' },
      authorizer: createBackend(rig.port(), { secret: 'guess' }),
    })
    const end = next(eve.connection, 'disconnected')
    eve.signin()
    await end
  })

  test("another user's own channel cannot be listened to", async () => {
    const eve = await rig.connectRaw()
    const proof = rig.backend.authenticateUser(eve.socketId, { id: 'eve' })
    eve.send({ event: 'pusher:signin', data: proof })
    eve.send({ event: 'pusher:subscribe', data: { channel: '#server-to-user-boss', auth: '' } })
    const refusal = await eve.frames.find((frame) => frame.event === 'pusher:subscription_error')
    expect(refusal.channel).toBe('#server-to-user-boss')
    eve.send({ event: 'pusher:subscribe', data: { channel: '#server-to-user-eve', auth: '' } })
    await eve.frames.find((frame) => frame.event === 'pusher_internal:subscription_succeeded')
  })

  test('presence without its own data takes the signed-in user', async () => {
    const client = rig.connect({ user: { id: 'ana' } })
    client.signin()
    await signedIn(client)
    expect(await subscribe(client, 'presence-signed')).toMatchObject({ members: { myID: 'ana', count: 1 } })
  })

  test('a watchlist of more than a hundred is refused', async () => {
    const raw = await rig.connectRaw()
    const watchlist = Array.from({ length: 101 }, (_, n) => `user-${n}`)
    raw.send({
      event: 'pusher:signin',
      data: rig.backend.authenticateUser(raw.socketId, { id: 'ana', watchlist }),
    })
    const error = await raw.frames.find((frame) => frame.event === 'pusher:error')
    expect(error.data).toMatchObject({ code: CODES.watchlistTooLong })
  })
})

describe('connections', () => {
  test.each([
    ['an unknown key', '/app/other?protocol=7', CODES.unknownApp],
    ['another path', '/elsewhere', CODES.badPath],
    ['a protocol that is no number', '/app/rig-key?protocol=x', CODES.badVersion],
    ['a protocol of the future', '/app/rig-key?protocol=99', CODES.unsupportedProtocol],
    ['no protocol', '/app/rig-key', CODES.noProtocol],
  ])('%s is told so and closed', async (_, path, code) => {
    const raw = await rig.connectRaw(path)
    expect(raw.frames.items).toMatchObject([{ event: 'pusher:error', data: { code } }])
    expect(await raw.closed).toBe(code)
  })

  test('one more than the quota is closed, and there is room again when one leaves', async () => {
    const small = await startRig({ maxConnections: 1 })
    const first = await small.connectRaw()
    expect(await (await small.connectRaw()).closed).toBe(CODES.overQuota)
    first.ws.close()
    await first.closed
    expect((await small.connectRaw()).socketId).toMatch(/^\d+\.\d+$/)
    await small.stop()
  })

  test('a silent client is pinged; it stays when it answers and is closed when it does not', async () => {
    const own = await startRig({ pongTimeoutMs: 120 })
    const [alive, dead] = [await own.connectRaw(), await own.connectRaw()]
    own.advance(120_000)
    const isPing = (frame: { event: string }) => frame.event === 'pusher:ping'
    await Promise.all([alive.frames.find(isPing), dead.frames.find(isPing)])
    alive.send({ event: 'pusher:pong' })
    alive.send({ event: 'pusher:ping' })
    await alive.frames.find((frame) => frame.event === 'pusher:pong')
    own.advance(120)
    expect(await dead.closed).toBe(CODES.noPong)
    expect(alive.ws.readyState).toBe(alive.ws.OPEN)
    await own.stop()
  })

  test('a greeting names the socket and the time of silence', async () => {
    const { frames } = await rig.connectRaw()
    expect(readField(frames.items[0]?.data, 'activity_timeout')).toBe('120')
  })

  test('after a restart clients come back by themselves and are subscribed again', async () => {
    const own = await startRig()
    const client = own.connect()
    const channel = await subscribe(client, 'private-back')
    const again = next(channel, 'pusher:subscription_succeeded')
    await own.restart()
    await again
    const event = next(channel, 'hello')
    await own.backend.trigger('private-back', 'hello', {})
    await event
    await own.stop()
  })
})

function countOf(channel: Channel, count: number): Promise<void> {
  return new Promise((resolve) =>
    channel.bind('pusher:subscription_count', (data: { subscription_count: number }) => {
      if (data.subscription_count === count) resolve()
    }),
  )
}

function signedIn(client: ReturnType<typeof rig.connect>): Promise<void> {
  return new Promise((resolve) =>
    client.connection.bind('message', (message: { event: string; channel?: string }) => {
      const isOwnChannel = message.channel?.startsWith('#server-to-user-')
      if (isOwnChannel && message.event === 'pusher_internal:subscription_succeeded') resolve()
    }),
  )
}

/** A signed request that the SDK's own methods would refuse to build. The SDK stringifies the body itself. */
function post(path: string, body: object): Promise<unknown> {
  return rig.backend.post(Object.assign({ path, body: '' }, { body }))
}

import { createHmac } from 'node:crypto'
import { connect as connectTcp } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CODES, LIMITS } from './limits'
import { hashBody } from './signatures'
import { APP, createInbox, next, record, startRig, subscribe } from './test-rig'

/** What strangers and broken clients may try; after each of it the server still serves everybody else. */

const logged = createInbox<string>()
let rig: Awaited<ReturnType<typeof startRig>>
beforeAll(async () => {
  rig = await startRig({ log: (_, message) => logged.add(message) })
})
afterAll(() => rig.stop())

const isPong = (frame: { event: string }) => frame.event === 'pusher:pong'

describe('on a socket', () => {
  test.each([
    ['nothing', ''],
    ['no JSON', '{"event":'],
    ['a number', '7'],
    ['null', 'null'],
    ['an event that is no text', '{"event":{"a":1}}'],
    ['a subscription to a number', '{"event":"pusher:subscribe","data":{"channel":7}}'],
    ['a subscription without data', '{"event":"pusher:subscribe"}'],
    ['a forbidden name', '{"event":"pusher:subscribe","data":{"channel":"a:b"}}'],
    ['a prototype as name', '{"event":"pusher:subscribe","data":{"channel":"__proto__"}}'],
    ['a private channel without proof', '{"event":"pusher:subscribe","data":{"channel":"private-a"}}'],
    ['an unsubscription from nowhere', '{"event":"pusher:unsubscribe","data":{"channel":"a"}}'],
    ['a lone surrogate', '{"event":"client-x","channel":"private-a","data":"\\ud800"}'],
    [
      'deep nesting',
      `{"event":"client-x","channel":"private-a","data":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
    ],
    ['bytes', Buffer.from([0xff, 0x00, 0x7f])],
  ])('%s leaves the socket open', async (_, garbage) => {
    const raw = await rig.connectRaw()
    raw.ws.send(garbage)
    raw.send({ event: 'pusher:ping' })
    await raw.frames.find(isPong)
  })

  test('a frame too large closes this socket alone', async () => {
    const [bad, good] = [await rig.connectRaw(), await rig.connectRaw()]
    bad.ws.send('x'.repeat(LIMITS.frameBytes + 1))
    expect(await bad.closed).toBe(1009)
    good.send({ event: 'pusher:ping' })
    await good.frames.find(isPong)
  })

  test('text that is not UTF-8 closes this socket alone', async () => {
    const raw = await rig.connectRaw()
    raw.ws.send(Buffer.from([0xff, 0xfe]), { binary: false })
    expect(await raw.closed).toBe(1007)
    await rig.connectRaw()
  })

  test('a flood of frames is told to back off', async () => {
    const raw = await rig.connectRaw()
    for (let n = 0; n <= LIMITS.framesBurst; n++) raw.send({ event: 'pusher:pong' })
    expect(await raw.closed).toBe(CODES.overCapacity)
  })

  test('a client cannot forge the events of servers', async () => {
    const heard = record(await subscribe(rig.connect({ presence: { user_id: 'ana' } }), 'presence-forged'))
    const eve = rig.connect({ presence: { user_id: 'eve' } })
    await subscribe(eve, 'presence-forged')
    for (const event of ['pusher_internal:member_removed', 'pusher:error', 'message', 'Client-x']) {
      const refused = next(eve.connection, 'error')
      eve.send_event(event, { user_id: 'ana' }, 'presence-forged')
      expect(await refused).toMatchObject({ data: { code: null } })
      eve.connection.unbind('error')
    }
    await rig.backend.trigger('presence-forged', 'end', {})
    await heard.has('end')
    expect(heard.names()).toEqual(['end'])
  })

  test('a subscription to one channel is no key to another', async () => {
    const eve = await rig.connectRaw()
    const { auth } = rig.backend.authorizeChannel(eve.socketId, 'private-t_1-sup')
    eve.send({ event: 'pusher:subscribe', data: { channel: 'private-t_2-sup', auth } })
    await eve.frames.find((frame) => frame.event === 'pusher:subscription_error')
  })

  test('a reader that does not read is cut off, the others hear everything', async () => {
    const slow = await rig.connectRaw()
    slow.send({ event: 'pusher:subscribe', data: { channel: 'busy' } })
    await slow.frames.find((frame) => frame.event === 'pusher_internal:subscription_succeeded')
    const fast = record(await subscribe(rig.connect(), 'busy'))
    slow.ws.pause()
    const batch = Array.from({ length: 10 }, () => ({ channel: 'busy', name: 'x', data: 'a'.repeat(10_240) }))
    let sent = 0
    while (!logged.items.includes('slow reader cut off')) {
      await rig.backend.triggerBatch(batch.map((event) => ({ ...event })))
      sent += batch.length
    }
    await rig.backend.trigger('busy', 'end', {})
    await fast.has('end')
    expect(fast.names()).toHaveLength(sent + 1)
    const { subscription_count } = await (
      await rig.backend.get({ path: '/channels/busy', params: { info: 'subscription_count' } })
    ).json()
    expect(subscription_count).toBe(1)
  })

  test.each([
    'GET // HTTP/1.1',
    'GET //app/%00 HTTP/1.1',
    'GET http://[::bad HTTP/1.1',
    'GET * HTTP/1.1',
    'nonsense',
  ])('the request line %j does not kill the server', async (line) => {
    const upgrade = 'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n'
    const socket = connectTcp(rig.port(), '127.0.0.1')
    const ended = new Promise((resolve) => socket.on('close', resolve))
    socket.on('error', () => socket.destroy())
    socket.write(`${line}\r\nHost: x\r\n${upgrade}Sec-WebSocket-Key: ${'A'.repeat(22)}==\r\n\r\n`)
    socket.resume()
    await ended
    expect((await fetch(`http://127.0.0.1:${rig.port()}/health`)).status).toBe(200)
  })
})

describe('on the HTTP API', () => {
  const body = JSON.stringify({ name: 'x', data: '{}', channel: 'a' })
  const seconds = (offset: number) => String(Math.floor(Date.now() / 1000) + offset)

  /** Signs by the published rules, independently of our own code, then lets the test spoil a part. */
  async function request(spoil: {
    query?: Record<string, string>
    signature?: string
    body?: string
    path?: string
  }) {
    const path = spoil.path ?? `/apps/${APP.appId}/events`
    const query = {
      auth_key: APP.key,
      auth_timestamp: seconds(0),
      auth_version: '1.0',
      body_md5: hashBody(Buffer.from(body)),
      ...spoil.query,
    }
    const pairs = Object.entries(query).map(([name, value]) => `${name}=${value}`)
    const text = ['POST', path, pairs.sort().join('&')].join('\n')
    const signature = spoil.signature ?? createHmac('sha256', APP.secret).update(text).digest('hex')
    const url = `http://127.0.0.1:${rig.port()}${path}?${pairs.join('&')}&auth_signature=${signature}`
    return (await fetch(url, { method: 'POST', body: spoil.body ?? body })).status
  }

  test.each([
    ['an honest request passes', {}, 200],
    ['a clock nine minutes behind passes', { query: { auth_timestamp: seconds(-540) } }, 200],
    ['an old request is refused', { query: { auth_timestamp: seconds(-700) } }, 401],
    ['a request from the future is refused', { query: { auth_timestamp: seconds(700) } }, 401],
    ['a request without a time is refused', { query: { auth_timestamp: '' } }, 401],
    ['a time that is no number is refused', { query: { auth_timestamp: 'now' } }, 401],
    ['another version is refused', { query: { auth_version: '2.0' } }, 401],
    ['a body other than the signed one is refused', { body: body.replace('{}', '[]') }, 401],
    ['a body without hash is refused', { query: { body_md5: '' } }, 401],
    ['a wrong signature is refused', { signature: '0'.repeat(64) }, 401],
    ['an empty signature is refused', { signature: '' }, 401],
    [
      'an unreadable path is refused',
      { path: `/apps/${APP.appId}/users/%E0%A4%A/terminate_connections` },
      400,
    ],
    ['an unknown resource is not found', { path: `/apps/${APP.appId}/secrets` }, 404],
  ])('%s', async (_, spoil, status) => expect(await request(spoil)).toBe(status))

  test.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['data that is no text', '{"name":"x","data":{},"channel":"a"}'],
    ['no channel', '{"name":"x","data":""}'],
    ['an internal event', '{"name":"pusher_internal:member_added","data":"","channel":"a"}'],
    ['a forbidden channel', '{"name":"x","data":"","channel":"a:b"}'],
    ['a wrong socket id', '{"name":"x","data":"","channel":"a","socket_id":"me"}'],
  ])('a signed body with %s is refused', async (_, text) => {
    expect(await request({ body: text, query: { body_md5: hashBody(Buffer.from(text)) } })).toBe(400)
  })

  test('a signed event that is no text is a frame that its subscribers can read', async () => {
    const raw = await rig.connectRaw()
    raw.send({ event: 'pusher:subscribe', data: { channel: 'a' } })
    await raw.frames.find(({ event }) => event === 'pusher_internal:subscription_succeeded')
    const text = '{"name":"x","data":"\\u0000\\ud800","channel":"a"}'
    expect(await request({ body: text, query: { body_md5: hashBody(Buffer.from(text)) } })).toBe(200)
    await raw.frames.find(({ event }) => event === 'x')
    raw.send({ event: 'pusher:ping' })
    await raw.frames.find(isPong)
  })

  test('a body larger than any legal one is refused in words', async () => {
    const huge = 'x'.repeat(10_000_000)
    expect(await request({ body: huge, query: { body_md5: hashBody(Buffer.from(huge)) } })).toBe(413)
  })
})

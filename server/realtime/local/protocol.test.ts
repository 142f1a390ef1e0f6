import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CODES, LIMITS } from './limits'
import { channelKind, parseClientFrame, parseMember, parseUser, splitUrl, whyNotConnect } from './protocol'
import { createAllowance } from './rate'
import { isChannelSigned, isSameText, isUserSigned, sign, signRequest } from './signatures'

const frame = (event: string, data?: unknown, channel?: string) => JSON.stringify({ event, data, channel })

describe('connect urls', () => {
  test.each([
    ['a current client is let in', '/app/key?protocol=7&client=js&version=8.6.0', null],
    ['an older protocol is let in', '/app/key?protocol=5', null],
    ['a foreign key is an unknown app', '/app/other?protocol=7', CODES.unknownApp],
    ['another path is not ours', '/chat/key?protocol=7', CODES.badPath],
    ['a key followed by more is not ours', '/app/key/more?protocol=7', CODES.badPath],
    ['a path of slashes is not ours', '//', CODES.badPath],
    ['no protocol is refused', '/app/key', CODES.noProtocol],
    ['a protocol that is no number is refused', '/app/key?protocol=seven', CODES.badVersion],
    ['a protocol we do not speak is refused', '/app/key?protocol=99', CODES.unsupportedProtocol],
  ])('%s', (_, url, code) => expect(whyNotConnect(url, 'key')?.code ?? null).toBe(code))

  test('a query may hold question marks', () => {
    expect(splitUrl('/a?b=c?d').query.get('b')).toBe('c?d')
  })
})

describe('channel names', () => {
  test.each([
    ['orders', 'public', false],
    ['cache-orders', 'public', true],
    ['private-t_1-sup', 'private', false],
    ['private-cache-x', 'private', true],
    ['presence-t_1-c_9', 'presence', false],
    ['presence-cache-x', 'presence', true],
    ['private-encrypted-x', 'encrypted', false],
    ['private-encrypted-cache-x', 'encrypted', true],
    ['#server-to-user-ana', 'personal', false],
  ])('%s is %s', (name, access, isCached) => expect(channelKind(name)).toEqual({ access, isCached }))

  test.each([
    ['an empty name', ''],
    ['a colon', 'private-a:b'],
    ['a space', 'a b'],
    ['a line end', 'orders\n'],
    ['an unknown hash channel', '#other'],
    ['a personal channel of nobody', '#server-to-user-'],
    ['one character too many', 'c'.repeat(LIMITS.channelNameLength + 1)],
  ])('%s is not allowed', (_, name) => expect(channelKind(name)).toBeNull())

  test('the longest name is allowed', () => {
    expect(channelKind('c'.repeat(LIMITS.channelNameLength))).not.toBeNull()
  })
})

describe('frames of clients', () => {
  const refused = { do: 'refuse', reason: expect.any(String) }

  test.each([
    ['a ping', frame('pusher:ping', {}), { do: 'ping' }],
    ['a pong without data', frame('pusher:pong'), { do: 'pong' }],
    [
      'a subscription with proof',
      frame('pusher:subscribe', { channel: 'presence-a', auth: 'k:s', channel_data: '{}' }),
      { do: 'subscribe', channel: 'presence-a', auth: 'k:s', channelData: '{}' },
    ],
    [
      'a subscription written as text by an older library',
      frame('pusher:subscribe', '{"channel":"a"}'),
      { do: 'subscribe', channel: 'a' },
    ],
    ['an unsubscription', frame('pusher:unsubscribe', { channel: 'a' }), { do: 'unsubscribe', channel: 'a' }],
    [
      'a client event, its data made text',
      frame('client-typing', { on: true }, 'private-a'),
      { do: 'clientEvent', event: 'client-typing', channel: 'private-a', data: '{"on":true}' },
    ],
    [
      'a client event of the largest size',
      frame('client-x', 'a'.repeat(LIMITS.eventDataBytes), 'private-a'),
      expect.objectContaining({ do: 'clientEvent' }),
    ],
    [
      'data one byte too large',
      frame('client-x', 'a'.repeat(LIMITS.eventDataBytes + 1), 'private-a'),
      refused,
    ],
    ['data counted in bytes, not characters', frame('client-x', 'ñ'.repeat(5_121), 'private-a'), refused],
    ['an event name too long', frame(`client-${'x'.repeat(200)}`, '', 'private-a'), refused],
    ['a client event without channel', frame('client-x', {}), refused],
    ['no JSON', '{', refused],
    ['JSON that is no object', '[1]', refused],
    ['nothing', '', refused],
    ['an event that only servers send', frame('pusher_internal:member_added', {}, 'presence-a'), refused],
    ['a subscription without channel', frame('pusher:subscribe', {}), refused],
    ['a sign-in without proof', frame('pusher:signin', { user_data: '{}' }), refused],
    [
      'data nested deeper than the stack',
      `{"event":"client-x","channel":"private-a","data":${'['.repeat(30_000)}${']'.repeat(30_000)}}`,
      refused,
    ],
  ])('%s', (_, text, expected) => expect(parseClientFrame(text)).toEqual(expected))

  test('no text at all makes the parser throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => parseClientFrame(text).do !== undefined),
    )
  })
})

describe('presence and user data', () => {
  test.each([
    ['a member', { user_id: 'ana', user_info: { name: 'Ana' } }, { userId: 'ana', info: { name: 'Ana' } }],
    ['a numeric id is its text', { user_id: 7 }, { userId: '7', info: undefined }],
    ['no id', { user_info: {} }, null],
    ['an empty id', { user_id: '' }, null],
    ['an id too long', { user_id: 'a'.repeat(129) }, null],
    ['more than 1 KB about a member', { user_id: 'ana', user_info: 'x'.repeat(1_023) }, null],
  ])('%s', (_, data, member) => expect(parseMember(JSON.stringify(data))).toEqual(member))

  test('a watchlist names each user once', () => {
    expect(parseUser('{"id":"ana","watchlist":["b","b","c"]}')?.watchlist).toEqual(['b', 'c'])
  })

  test.each(['', 'null', '{}', '{"id":7}', '{"id":""}'])('%j is no user', (text) => {
    expect(parseUser(text)).toBeNull()
  })
})

describe('signatures', () => {
  const app = { appId: '1', key: 'key', secret: 'secret' }
  const auth = `key:${sign('secret', '1.2:private-a')}`

  test.each([
    ['the right one', '1.2', 'private-a', auth, undefined, true],
    ['of another socket', '1.3', 'private-a', auth, undefined, false],
    ['of another channel', '1.2', 'private-b', auth, undefined, false],
    ['with data it did not sign', '1.2', 'private-a', auth, '{}', false],
    ['under another key', '1.2', 'private-a', auth.replace('key', 'yek'), undefined, false],
    ['shorter than a signature', '1.2', 'private-a', auth.slice(0, -1), undefined, false],
    ['none', '1.2', 'private-a', undefined, undefined, false],
  ])('a channel signature: %s', (_, socketId, channel, given, data, isRight) =>
    expect(isChannelSigned(app, socketId, channel, given, data)).toBe(isRight),
  )

  test('a channel signature cannot be passed off as a user signature', () => {
    const userAuth = `key:${sign('secret', '1.2::user::{}')}`
    expect(isUserSigned(app, '1.2', userAuth, '{}')).toBe(true)
    expect(isUserSigned(app, '1.2', auth, '{}')).toBe(false)
  })

  test('requests are signed over the sorted query, without the signature itself', () => {
    const query = new URLSearchParams('b=2&auth_signature=zzz&a=1,2')
    expect(signRequest('secret', 'GET', '/apps/1/channels', query)).toBe(
      sign('secret', 'GET\n/apps/1/channels\na=1,2&b=2'),
    )
  })

  test('texts are the same only when they are the same', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => isSameText(a, b) === (a === b)))
    fc.assert(fc.property(fc.string(), (a) => isSameText(a, a)))
  })
})

test('an allowance gives its burst at once and refills with time, never above the burst', () => {
  let at = 0
  const take = createAllowance(2, 1, () => at)
  expect([take(), take(), take()]).toEqual([true, true, false])
  at += 1_000
  expect([take(), take()]).toEqual([true, false])
  at += 60_000
  expect([take(), take(), take()]).toEqual([true, true, false])
})

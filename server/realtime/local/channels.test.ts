import { expect, test } from 'vitest'
import { createChannels } from './channels'
import { LIMITS } from './limits'

function createListener(socketId: string) {
  const heard: { event: string; data: string }[] = []
  return { socketId, heard, send: (frame: Buffer) => heard.push(JSON.parse(String(frame))) }
}

test('a crowd hears how many it is at the sweep, once, instead of at every arrival', () => {
  const channels = createChannels(() => 0)
  const first = createListener('1.1')
  channels.join('crowd', first, null)
  const others = Array.from({ length: LIMITS.promptCountSubscribers + 9 }, (_, n) => createListener(`2.${n}`))
  for (const listener of others) channels.join('crowd', listener, null)
  const counts = () => first.heard.filter((frame) => frame.event === 'pusher_internal:subscription_count')
  expect(counts()).toHaveLength(LIMITS.promptCountSubscribers)
  channels.sweep()
  channels.sweep()
  expect(counts()).toHaveLength(LIMITS.promptCountSubscribers + 1)
  expect(counts().at(-1)?.data).toBe('{"subscription_count":110}')
})

test('subscribing twice is answered twice and counted once', () => {
  const channels = createChannels(() => 0)
  const ana = createListener('1.1')
  const member = { userId: 'ana', info: null }
  channels.join('presence-a', ana, member)
  channels.join('presence-a', ana, member)
  expect(ana.heard.map((frame) => frame.event)).toEqual(
    Array(2).fill('pusher_internal:subscription_succeeded'),
  )
  channels.leave('presence-a', ana)
  expect(channels.names()).toEqual([])
})

test('the oldest cached events make room, so that memory stays bounded', () => {
  const channels = createChannels(() => 0)
  for (let n = 0; n <= LIMITS.cachedChannels; n++) channels.publish(`cache-${n}`, 'x', '')
  expect(channels.describe('cache-0').cache).toBeNull()
  expect(channels.describe('cache-1').cache).not.toBeNull()
})

test('a member named like a part of every object is a member like others', () => {
  const channels = createChannels(() => 0)
  const odd = createListener('1.1')
  channels.join('presence-a', odd, { userId: '__proto__', info: { a: 1 } })
  expect(odd.heard[0]?.data).toBe('{"presence":{"ids":["__proto__"],"hash":{"__proto__":{"a":1}},"count":1}}')
})

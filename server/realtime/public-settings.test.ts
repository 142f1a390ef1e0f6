import Pusher from 'pusher-js'
import { expect, test } from 'vitest'
import { type RealtimeSettings, realtimeOrigins } from './public-settings'

const at = (host: RealtimeSettings['host'], cluster = ''): RealtimeSettings => ({ key: 'k', host, cluster })

test.each<[string, RealtimeSettings, string[]]>([
  ['our own server', at('same-origin'), []],
  ['our own server, whatever cluster is left over', at('same-origin', 'eu'), []],
  ['hosted Pusher', at(null, 'eu'), ['wss://ws-eu.pusher.com', 'https://sockjs-eu.pusher.com']],
  [
    'hosted Pusher, another cluster',
    at(null, 'sa1'),
    ['wss://ws-sa1.pusher.com', 'https://sockjs-sa1.pusher.com'],
  ],
  ['a server of their own', at({ name: 'rt.example', port: 443, tls: true }), ['wss://rt.example:443']],
  ['one without TLS', at({ name: 'rt.lan', port: 6001, tls: false }), ['ws://rt.lan:6001']],
])('with %s a page talks to exactly its origins', (_, settings, origins) => {
  expect(realtimeOrigins(settings)).toEqual(origins)
})

test('they are the hosts of the installed pusher-js', () => {
  // Not ready: it reads its settings and calls nobody.
  Pusher.isReady = false
  const { config } = new Pusher('k', { cluster: 'eu', forceTLS: true })
  expect([`wss://${config.wsHost}`, `https://${config.httpHost}`]).toEqual(realtimeOrigins(at(null, 'eu')))
  expect([config.wssPort, config.httpsPort, config.enableStats]).toEqual([443, 443, false])
})

import { afterEach, expect, test, vi } from 'vitest'
import { z } from 'zod'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

/** What the SDK was built with; it has no public way to tell. */
const sdk = z.object({ config: z.object({ scheme: z.string(), host: z.string(), port: z.string() }) })

/** Where servers publish to and where browsers listen, with these settings of a server of one's own. */
async function addresses(settings: Record<string, string>) {
  const empty = { PUSHER_PORT: '', PUSHER_USE_TLS: '', PUSHER_PUBLIC_HOST: '', PUSHER_PUBLIC_TLS: '' }
  const keys = { PUSHER_APP_ID: '1', PUSHER_KEY: 'k', PUSHER_SECRET: 's' }
  const own = { ...empty, ...keys, REALTIME_MODE: 'self-hosted', PUSHER_HOST: 'rt.example', ...settings }
  for (const [name, value] of Object.entries(own)) vi.stubEnv(name, value)
  const { pusher } = await import('./publish')
  const { realtimeOrigins, realtimeSettings } = await import('./public-settings')
  const { scheme, host, port } = sdk.parse(pusher()).config
  return { told: `${scheme}://${host}:${port}`, heard: realtimeOrigins(realtimeSettings()) }
}

test.each([
  ['with TLS when nothing is said', {}, 'https://rt.example:443', 'wss://rt.example:443'],
  [
    'with TLS on a port of its own',
    { PUSHER_PORT: '6001' },
    'https://rt.example:6001',
    'wss://rt.example:6001',
  ],
  ['without TLS when so said', { PUSHER_USE_TLS: 'false' }, 'http://rt.example:80', 'ws://rt.example:80'],
  [
    'apart when browsers have their own way',
    { PUSHER_USE_TLS: 'false', PUSHER_PUBLIC_TLS: 'true' },
    'http://rt.example:80',
    'wss://rt.example:443',
  ],
])('a server of one’s own is reached %s, by servers and browsers', async (_, settings, told, heard) => {
  expect(await addresses(settings)).toEqual({ told, heard: [heard] })
})

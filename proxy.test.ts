import { NextRequest } from 'next/server'
import { afterEach, expect, test, vi } from 'vitest'
import { describeEnvironment } from './scripts/start/environment.mjs'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

/** What a page may connect to, on an installation with these settings: by the starter's own reading of them. */
async function connectSources(settings: Record<string, string>): Promise<string | undefined> {
  const environment = describeEnvironment({
    settings: { PUSHER_KEY: 'k', ...settings },
    mode: 'production',
    dataFolder: '/data',
    urls: { owner: '', app: '', system: '' },
    sitePort: 4001,
    realtimePort: 4002,
  })
  for (const [name, value] of Object.entries(environment)) {
    if (name !== 'NODE_ENV') vi.stubEnv(name, value)
  }
  const { proxy } = await import('./proxy')
  const policy = proxy(new NextRequest('http://localhost:3000/')).headers.get('content-security-policy') ?? ''
  return policy.split('; ').find((directive) => directive.startsWith('connect-src'))
}

const SELF = "connect-src 'self'"

test.each<[string, Record<string, string>, string]>([
  ['nothing configured', {}, SELF],
  ['a public host but no server', { PUSHER_PUBLIC_HOST: 'rt.example' }, SELF],
  [
    'hosted Pusher',
    { PUSHER_CLUSTER: 'us2' },
    `${SELF} wss://ws-us2.pusher.com https://sockjs-us2.pusher.com`,
  ],
  [
    'hosted Pusher, which has no public host',
    { PUSHER_CLUSTER: 'us2', PUSHER_PUBLIC_HOST: 'rt.example' },
    `${SELF} wss://ws-us2.pusher.com https://sockjs-us2.pusher.com`,
  ],
  ['a server that browsers reach as we do', { PUSHER_HOST: 'rt.example' }, `${SELF} wss://rt.example:443`],
  [
    'a server behind another address',
    {
      PUSHER_HOST: '10.0.0.5',
      PUSHER_PORT: '6001',
      PUSHER_USE_TLS: 'false',
      PUSHER_PUBLIC_HOST: 'rt.example',
      PUSHER_PUBLIC_TLS: 'true',
    },
    `${SELF} wss://rt.example:443`,
  ],
  [
    'a server on a port that both use',
    { PUSHER_HOST: 'rt.example', PUSHER_PORT: '8443', PUSHER_USE_TLS: 'true' },
    `${SELF} wss://rt.example:8443`,
  ],
  [
    'a server without TLS on a port of its own',
    { PUSHER_HOST: 'rt.lan', PUSHER_USE_TLS: 'false', PUSHER_PUBLIC_PORT: '6002' },
    `${SELF} ws://rt.lan:6002`,
  ],
  [
    'both: the own server',
    { PUSHER_HOST: 'rt.example', PUSHER_CLUSTER: 'us2' },
    `${SELF} wss://rt.example:443`,
  ],
])('with %s a page connects there and nowhere else', async (_, settings, allowed) => {
  expect(await connectSources(settings)).toBe(allowed)
})

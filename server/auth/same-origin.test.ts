import { beforeAll, expect, test, vi } from 'vitest'

beforeAll(() => {
  vi.stubEnv('PUBLIC_URL', 'https://chat.example.com')
})

test.each([
  ['a page of ours', { origin: 'http://localhost:3000', host: 'localhost:3000' }, true],
  [
    'a page of ours behind the front',
    { origin: 'http://10.0.0.5:3000', host: '127.0.0.1:4001', 'x-forwarded-host': '10.0.0.5:3000' },
    true,
  ],
  [
    'a page of ours behind a proxy that renames the host',
    { origin: 'https://chat.example.com', host: 'internal:80' },
    true,
  ],
  ['another site', { origin: 'https://evil.example', host: 'localhost:3000' }, false],
  ['another port of the same machine', { origin: 'http://localhost:4000', host: 'localhost:3000' }, false],
  ['a page without an origin', { origin: 'null', host: 'localhost:3000' }, false],
  [
    'a browser that says same-origin without an origin',
    { 'sec-fetch-site': 'same-origin', host: 'localhost:3000' },
    true,
  ],
  ['a program that says nothing', { host: 'localhost:3000' }, false],
] as const)('who may change something: %s', async (_, headers, allowed) => {
  const { isSameOrigin } = await import('./same-origin')
  expect(isSameOrigin(new Headers(headers))).toBe(allowed)
})

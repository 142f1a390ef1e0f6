import { expect, test, vi } from 'vitest'
import { POST } from './route'

vi.stubEnv('PUBLIC_URL', 'http://localhost:3000')

/** Told here, because a Request made in Node counts its own body only when it is sent. */
function post(headers: Record<string, string>) {
  const url = 'http://localhost:3000/api/trpc/members.setProfile'
  return POST(
    new Request(url, {
      method: 'POST',
      headers: { host: 'localhost:3000', 'content-type': 'application/json', ...headers },
      body: '{}',
    }),
  )
}

test.each([
  ['from another site', { origin: 'https://evil.example', 'content-length': '2' }, 403],
  ['from a program without an origin', { 'content-length': '2' }, 403],
  ['larger than any form of ours', { origin: 'http://localhost:3000', 'content-length': '10000000' }, 413],
  ['that does not say how large it is', { origin: 'http://localhost:3000' }, 413],
  ['of a stranger on our own page', { origin: 'http://localhost:3000', 'content-length': '2' }, 401],
])('a command %s is refused', async (_, headers, status) => {
  const response = await post(headers)
  expect(response.status).toBe(status)
})

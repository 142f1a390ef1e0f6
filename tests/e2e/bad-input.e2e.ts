import { request as httpRequest } from 'node:http'
import { DEMO_COMPANY, expect, test } from './journey'

const base = () => new URL(process.env.BASE_URL ?? 'http://localhost:3000')
const TEN_MEGABYTES = 10_000_000

type Sent = { path: string; body?: string; headers?: Record<string, string>; chunked?: boolean }

/** A program's request, as a browser would not send it. @returns status and text. */
function send({
  path,
  body,
  headers = {},
  chunked = false,
}: Sent): Promise<{ status: number; text: string }> {
  const { hostname, port, origin } = base()
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      {
        hostname,
        port,
        path,
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          origin,
          'content-type': 'application/json',
          ...(body === undefined || chunked ? {} : { 'content-length': Buffer.byteLength(body) }),
          ...headers,
        },
      },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
        response.on('error', reject)
      },
    )
    // A door that refuses by the length alone need not wait for the rest of ten megabytes.
    outgoing.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EPIPE' || error.code === 'ECONNRESET'
        ? resolve({ status: 413, text: '' })
        : reject(error),
    )
    outgoing.end(body)
  })
}

const DOORS = [
  '/api/trpc/conversations.send',
  '/api/trpc/conversations.send,menu.publish?batch=1',
  '/api/auth/callback/credentials',
  '/api/auth/signout',
  '/api/pusher/auth',
  '/api/pusher/user',
]

test('every door of the running site refuses broken and oversized bodies, and the site lives on', async ({
  openAs,
}) => {
  const page = await openAs('hernan')
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const headers = { cookie, 'x-company': DEMO_COMPANY }
  for (const path of DOORS) {
    for (const body of ['', '{"json":', 'null', '[[[[', '\u0000\ufffd', '{"json":{"text":"\\ud800"}}']) {
      const { status, text } = await send({ path, body, headers })
      expect(status, `${path} ${body}: ${text}`).toBeGreaterThanOrEqual(200)
      expect(status, `${path} ${body}: ${text}`).toBeLessThan(500)
      expect(text).not.toMatch(/\bat .*\.(ts|js):\d/)
    }
    const body = `{"json":"${'x'.repeat(TEN_MEGABYTES)}"}`
    expect((await send({ path, body, headers })).status, `${path} ten megabytes`).toBe(413)
    expect((await send({ path, body, headers, chunked: true })).status, `${path} unsaid length`).toBe(413)
  }

  const odd = [
    '/%00',
    `/${DEMO_COMPANY}/inbox/%00`,
    `/${DEMO_COMPANY}/inbox/no-chat`,
    '/%ED%A0%80',
    '/%',
    '//',
  ]
  for (const path of odd) expect((await send({ path, headers })).status, path).toBeLessThan(500)

  const health = await send({ path: '/api/health' })
  expect(health.status, health.text).toBe(200)
})

test('a text that is too long is not sent: the composer says by how much, and keeps it', async ({
  openAs,
}) => {
  const page = await openAs('marisol')
  await page.goto(`/${DEMO_COMPANY}/inbox`)
  await page.getByRole('list', { name: 'Chats' }).getByRole('link').first().click()
  const field = page.getByRole('textbox', { name: 'Responder' })
  await field.fill('ñ'.repeat(5_000))
  await expect(page.getByText('Le sobran 904 letras.')).toBeVisible()
  await field.press('Enter')
  await expect(field).toHaveValue(/^ñ{5000}\n?$/)
  await field.fill('')
})

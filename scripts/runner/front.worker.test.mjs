import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { createFront } from './front.mjs'
import { freePort } from './ports.mjs'

const closers = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function listen(handler, port = 0) {
  const server = createServer(handler)
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  closers.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return server
}

async function openFront({ site, realtime = 1, trustProxy = false }) {
  const front = createFront({ sitePort: site, realtimePort: realtime, trustProxy })
  const port = await freePort()
  await front.listen(port, '127.0.0.1')
  closers.push(front.close)
  return { front, port, url: `http://127.0.0.1:${port}` }
}

const echo = (req, res) => {
  res.setHeader('content-type', 'application/json')
  res.end(JSON.stringify(req.headers))
}

describe('a request through the front', () => {
  test('arrives with where it came from, and a forged origin does not', async () => {
    const site = await listen(echo)
    const { url, port } = await openFront({ site: site.address().port })
    const headers = {
      'x-forwarded-for': '1.2.3.4',
      'x-real-ip': '1.2.3.4',
      'x-forwarded-proto': 'https',
      forwarded: 'for=1.2.3.4',
    }
    const seen = await (await fetch(url, { headers })).json()
    expect(seen).toMatchObject({
      host: `127.0.0.1:${port}`,
      'x-forwarded-for': '127.0.0.1',
      'x-real-ip': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': `127.0.0.1:${port}`,
      'x-forwarded-port': String(port),
    })
    expect(seen.forwarded).toBeUndefined()
  })

  test('behind a trusted proxy keeps the visitor that the proxy saw', async () => {
    const site = await listen(echo)
    const { url } = await openFront({ site: site.address().port, trustProxy: true })
    const headers = {
      'x-forwarded-for': '6.6.6.6, 1.2.3.4',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'chat.example',
    }
    const seen = await (await fetch(url, { headers })).json()
    expect(seen).toMatchObject({
      'x-forwarded-for': '6.6.6.6, 1.2.3.4, 127.0.0.1',
      'x-real-ip': '1.2.3.4',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'chat.example',
      'x-forwarded-port': '443',
    })
  })

  test('keeps status, repeated cookies and an empty body', async () => {
    const site = await listen((_, res) =>
      res.writeHead(304, ['set-cookie', 'a=1', 'set-cookie', 'b=2', 'etag', '"x"']).end(),
    )
    const { url } = await openFront({ site: site.address().port })
    const answer = await fetch(url)
    expect(answer.status).toBe(304)
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  })

  test('a large upload arrives whole, with and without a length', async () => {
    const site = await listen(async (req, res) => {
      const hash = createHash('sha256')
      for await (const chunk of req) hash.update(chunk)
      res.end(`${req.method} ${hash.digest('hex')}`)
    })
    const { url } = await openFront({ site: site.address().port })
    const body = Buffer.alloc(20_000_000, 'ñandú')
    const wanted = createHash('sha256').update(body).digest('hex')
    expect(await (await fetch(url, { method: 'POST', body })).text()).toBe(`POST ${wanted}`)
    const stream = () => Readable.toWeb(Readable.from([body]))
    expect(await (await fetch(url, { method: 'DELETE', body: stream(), duplex: 'half' })).text()).toBe(
      `DELETE ${wanted}`,
    )
  })

  test('a stream arrives while it is being written', async () => {
    let finish
    const site = await listen((_, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' })
      res.write('data: first\n\n')
      finish = () => res.end('data: last\n\n')
    })
    const { url } = await openFront({ site: site.address().port })
    const reader = (await fetch(url)).body.getReader()
    const first = await reader.read()
    expect(Buffer.from(first.value).toString()).toBe('data: first\n\n')
    finish()
    expect(Buffer.from((await reader.read()).value).toString()).toBe('data: last\n\n')
  })

  test('a visitor who leaves ends the work of the site', async () => {
    const noticed = makeDeferred()
    const arrived = makeDeferred()
    const site = await listen((_, res) => {
      res.on('close', noticed.resolve)
      arrived.resolve()
    })
    const { url } = await openFront({ site: site.address().port })
    const visit = request(url).on('error', () => undefined)
    visit.end()
    await arrived.promise
    visit.destroy()
    await noticed.promise
  })

  test('a body that the site does not read cannot become a second request', async () => {
    const paths = []
    const site = await listen((req, res) => {
      paths.push(req.url)
      res.end('ok')
    })
    const { port } = await openFront({ site: site.address().port })
    const smuggled = 'GET /secret HTTP/1.1\r\nHost: x\r\n\r\n'
    const socket = connect(port, '127.0.0.1')
    socket.write(
      `GET /one HTTP/1.1\r\nHost: x\r\nContent-Length: ${smuggled.length}\r\nConnection: close\r\n\r\n${smuggled}`,
    )
    await once(socket.resume(), 'close')
    expect(paths).toEqual(['/one'])
  })
})

function makeDeferred() {
  let resolve
  const promise = new Promise((done) => {
    resolve = done
  })
  return { promise, resolve }
}

describe('while the site restarts', () => {
  test('a browser gets a page that tries again, a program gets an error it can read', async () => {
    const { url } = await openFront({ site: await freePort() })
    const page = await fetch(url, { headers: { accept: 'text/html' } })
    expect(page.status).toBe(502)
    expect(await page.text()).toContain('http-equiv="refresh"')
    const call = await fetch(`${url}/api/v1/messages`, { method: 'POST', body: 'x'.repeat(100_000) })
    expect(call.status).toBe(502)
    expect((await call.json()).error.type).toBe('unavailable')
  })

  test('the same front serves again as soon as the site is back', async () => {
    const sitePort = await freePort()
    const { url } = await openFront({ site: sitePort })
    expect((await fetch(url)).status).toBe(502)
    await listen((_, res) => res.end('back'), sitePort)
    expect(await (await fetch(url)).text()).toBe('back')
  })
})

describe('an upgrade', () => {
  test('of /app/* speaks with realtime, any other with the site', async () => {
    const site = await listen((_, res) => res.end())
    const realtime = await listen((_, res) => res.end())
    for (const [server, name] of [
      [site, 'site'],
      [realtime, 'realtime'],
    ]) {
      new WebSocketServer({ server }).on('connection', (socket, req) => {
        socket.send(`${name} ${req.url} ${req.headers['x-real-ip']}`)
        socket.on('message', (data) => socket.send(data, { binary: true }))
      })
    }
    const { port } = await openFront({ site: site.address().port, realtime: realtime.address().port })
    const firstWords = async (path) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`)
      const [hello] = await once(socket, 'message')
      const sent = Buffer.alloc(300_000, 7)
      socket.send(sent)
      const [back] = await once(socket, 'message')
      socket.close()
      await once(socket, 'close')
      return [hello.toString(), sent.equals(back)]
    }
    expect(await firstWords('/app/key?protocol=7')).toEqual(['realtime /app/key?protocol=7 127.0.0.1', true])
    expect(await firstWords('/_next/webpack-hmr')).toEqual(['site /_next/webpack-hmr 127.0.0.1', true])
  })

  test('that is refused passes the refusal on, and one that nobody takes gets a 502', async () => {
    const realtime = await listen()
    realtime.on('upgrade', (_, socket) => socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n'))
    const { port } = await openFront({ site: await freePort(), realtime: realtime.address().port })
    const statusOf = async (path) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`)
      socket.on('error', () => undefined)
      const [, answer] = await once(socket, 'unexpected-response')
      answer.destroy()
      return answer.statusCode
    }
    expect(await statusOf('/app/key')).toBe(403)
    expect(await statusOf('/elsewhere')).toBe(502)
  })

  test('is dropped when the front closes, so that stopping does not wait for browsers', async () => {
    const realtime = await listen()
    new WebSocketServer({ server: realtime })
    const { port, front } = await openFront({ site: 1, realtime: realtime.address().port })
    const socket = new WebSocket(`ws://127.0.0.1:${port}/app/key`)
    await once(socket, 'open')
    const closed = once(socket, 'close')
    await front.close()
    await closed
  })
})

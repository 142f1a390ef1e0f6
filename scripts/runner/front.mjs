import { Agent, createServer, request as sendRequest } from 'node:http'
import { pipeline } from 'node:stream'
import { hasBody, requestHeaders, responseHeaders, upgradeHeaders } from './forwarding.mjs'
import { unavailableAnswer } from './unavailable.mjs'

/**
 * @typedef {{ sitePort: number, realtimePort: number, trustProxy: boolean }} Route ports on 127.0.0.1
 * @typedef {{ listen: (port: number, host: string) => Promise<void>, close: () => Promise<void> }} Front
 */

/**
 * The one public door: upgrades of /app/* go to realtime, everything else to the site. Bodies stream both ways unread.
 * @param {Route} route
 * @returns {Front}
 */
export function createFront(route) {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 64 })
  const upgraded = new Set()
  // Uploads from slow phones take longer than Node's five minutes for a request; the site has its own limits.
  const server = createServer({ requestTimeout: 0 }, (req, res) => forwardRequest({ route, agent, req, res }))
  server.on('upgrade', (req, socket, head) => {
    upgraded.add(socket)
    socket.on('close', () => upgraded.delete(socket))
    forwardUpgrade(route, req, socket, head)
  })
  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, host, () => resolve())
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
        for (const socket of upgraded) socket.destroy()
        agent.destroy()
      }),
  }
}

/** @param {{ route: Route, agent: Agent | false, req: import('node:http').IncomingMessage, res: import('node:http').ServerResponse }} exchange */
function forwardRequest({ route, agent, req, res }) {
  const upstream = sendRequest({
    host: '127.0.0.1',
    port: route.sitePort,
    method: req.method,
    path: req.url,
    headers: requestHeaders(req, route),
    agent,
    setHost: false,
  })
  upstream.on('response', (answer) => {
    res.writeHead(answer.statusCode, answer.statusMessage, responseHeaders(answer))
    // A stream's head must reach the browser before its first event.
    res.flushHeaders()
    pipeline(answer, res, () => undefined)
  })
  upstream.on('error', (error) => {
    if (res.headersSent || res.destroyed) return void res.destroy()
    // The site closed a kept connection at the moment it was used again: nothing was done, so a fresh one is asked.
    const unheard =
      error.code === 'ECONNRESET' && upstream.reusedSocket && !hasBody(req) && isSafe(req.method)
    if (unheard && agent) return forwardRequest({ route, agent: false, req, res })
    answerUnavailable(req, res)
  })
  res.on('close', () => upstream.destroy())
  if (hasBody(req)) req.pipe(upstream)
  else upstream.end()
}

const isSafe = (method) => method === 'GET' || method === 'HEAD'

function answerUnavailable(req, res) {
  const { headers, body } = unavailableAnswer(req.headers.accept)
  res.writeHead(502, headers)
  res.end(req.method === 'HEAD' ? undefined : body)
}

function forwardUpgrade(route, req, socket, head) {
  const upstream = sendRequest({
    host: '127.0.0.1',
    port: req.url.startsWith('/app/') ? route.realtimePort : route.sitePort,
    method: req.method,
    path: req.url,
    headers: upgradeHeaders(req, route),
    agent: false,
    setHost: false,
  })
  socket.on('error', () => upstream.destroy())
  socket.on('close', () => upstream.destroy())
  upstream.on('upgrade', (answer, inner, innerHead) => {
    socket.write(formatHead(answer))
    if (innerHead.length > 0) socket.write(innerHead)
    if (head.length > 0) inner.write(head)
    socket.setNoDelay(true)
    inner.setNoDelay(true)
    pipeline(inner, socket, () => undefined)
    pipeline(socket, inner, () => undefined)
  })
  upstream.on('response', (answer) => {
    // A refusal: its body ends with the connection, whatever its framing was.
    socket.write(formatHead({ ...answer, rawHeaders: [...responseHeaders(answer), 'Connection', 'close'] }))
    pipeline(answer, socket, () => undefined)
  })
  upstream.on('error', () => {
    if (socket.bytesWritten > 0) return void socket.destroy()
    socket.end('HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\nContent-Length: 0\r\nRetry-After: 2\r\n\r\n')
  })
  upstream.end()
}

/** @param {{ statusCode: number, statusMessage: string, rawHeaders: string[] }} answer */
function formatHead({ statusCode, statusMessage, rawHeaders }) {
  const lines = [`HTTP/1.1 ${statusCode} ${statusMessage}`]
  for (let at = 0; at < rawHeaders.length; at += 2) lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`)
  return `${lines.join('\r\n')}\r\n\r\n`
}

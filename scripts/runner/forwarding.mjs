/** Headers about one connection only (RFC 9110, 7.6.1); everything named in `connection` belongs to them too. */
const HOP = new Set(
  'connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding upgrade expect'.split(
    ' ',
  ),
)

/**
 * @param {import('node:http').IncomingHttpHeaders} headers
 * @returns {import('node:http').IncomingHttpHeaders} those that travel on
 */
function stripHopHeaders(headers) {
  const named = new Set((headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase()))
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP.has(name) && !named.has(name)))
}

/**
 * Who asked, and under which address. What a browser claims about itself is thrown away; only a proxy that the operator
 * says is there (TRUST_PROXY) is believed, and of its list only the last entry, the one it saw with its own eyes.
 * @param {import('node:http').IncomingMessage} req
 * @param {{ trustProxy: boolean }} options
 * @returns {import('node:http').OutgoingHttpHeaders} `forwarded: undefined` takes a claim of that form away
 */
function forwardedHeaders(req, { trustProxy }) {
  const peer = (req.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  const given = (name) => (trustProxy ? [req.headers[name] ?? []].flat().join(', ') : '')
  const chain = given('x-forwarded-for')
  const host = given('x-forwarded-host') || req.headers.host || ''
  const proto = given('x-forwarded-proto').split(',')[0].trim() || 'http'
  return {
    'x-forwarded-for': chain ? `${chain}, ${peer}` : peer,
    'x-forwarded-host': host,
    'x-forwarded-proto': proto,
    'x-forwarded-port':
      given('x-forwarded-port') || /:(\d+)$/.exec(host)?.[1] || (proto === 'https' ? '443' : '80'),
    'x-real-ip': chain.split(',').at(-1)?.trim() || peer,
    forwarded: undefined,
  }
}

/** @returns {boolean} whether a body follows; a body that is framed for us but not forwarded would be read as a request */
export function hasBody(req) {
  return req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0
}

/** @returns {import('node:http').OutgoingHttpHeaders} what the site is sent for an ordinary request */
export function requestHeaders(req, options) {
  const framing = req.headers['transfer-encoding'] === undefined ? {} : { 'transfer-encoding': 'chunked' }
  return dropUndefined({ ...stripHopHeaders(req.headers), ...forwardedHeaders(req, options), ...framing })
}

/** @returns {import('node:http').OutgoingHttpHeaders} what the other side of an upgrade is sent: hop headers are its point */
export function upgradeHeaders(req, options) {
  return dropUndefined({ ...req.headers, ...forwardedHeaders(req, options) })
}

/** @returns {string[]} name, value, name, value: repeated headers (set-cookie) and spelling stay as the site sent them */
export function responseHeaders(answer) {
  const kept = stripHopHeaders(answer.headers)
  return answer.rawHeaders.filter((_, at) => answer.rawHeaders[at - (at % 2)].toLowerCase() in kept)
}

function dropUndefined(headers) {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined))
}

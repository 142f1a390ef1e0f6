const PAGE = `<!doctype html>
<html lang="es"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="2"><title>Un momento</title>
<style>body{font:16px/1.5 system-ui,sans-serif;display:grid;place-content:center;min-height:90vh;text-align:center}</style>
<h1>Un momento…</h1>
<p>El sitio se está iniciando. Esta página vuelve a intentarlo sola.</p>
<p lang="en">The site is starting. This page tries again by itself.</p></html>
`
/** The envelope of the public API, so that a caller's error handling meets nothing new. */
const API = JSON.stringify({
  error: { type: 'unavailable', code: 'UNAVAILABLE', message: 'The site is starting. Try again.' },
})

/**
 * What is answered while the site is not there.
 * @param {string | undefined} accept the request's header
 * @returns {{ headers: Record<string, string | number>, body: string }}
 */
export function unavailableAnswer(accept = '') {
  const isPage = accept.includes('text/html')
  const body = isPage ? PAGE : API
  return {
    body,
    headers: {
      'content-type': isPage ? 'text/html; charset=utf-8' : 'application/json',
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
      'retry-after': '2',
      connection: 'close',
    },
  }
}

import { type NextRequest, NextResponse } from 'next/server'
import { contentSecurityPolicy } from './app/_ui/content-security-policy'
import { realtimeOrigins, realtimeSettings } from './server/realtime/public-settings'

const isDevelopment = process.env.NODE_ENV === 'development'

/** Gives each page its own nonce: sent to the page as x-nonce, to the browser inside the policy. */
export function proxy(request: NextRequest) {
  // Next would answer an address that is no text with a fault.
  if (!isReadable(request.nextUrl.pathname)) return new NextResponse('Bad address', { status: 400 })
  const nonce = btoa(crypto.randomUUID())
  const policy = contentSecurityPolicy({
    nonce,
    isDevelopment,
    connectTo: realtimeOrigins(realtimeSettings()),
  })

  const requestHeaders = new Headers(request.headers)
  requestHeaders.set('x-nonce', nonce)
  // Server components cannot see the address; sign-in leads back to it.
  requestHeaders.set('x-path', request.nextUrl.pathname + request.nextUrl.search)
  // Next reads the nonce of its own script tags from this header of the request.
  requestHeaders.set('content-security-policy', policy)

  const response = NextResponse.next({ request: { headers: requestHeaders } })
  response.headers.set('content-security-policy', policy)
  return response
}

function isReadable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

export const config = {
  // Pages only: files and the API carry no inline script that would need a nonce.
  matcher: [
    '/((?!api/|_next/static|_next/image|favicon.ico|icon.svg|icons/|manifest.webmanifest|robots.txt).*)',
  ],
}

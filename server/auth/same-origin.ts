import { env } from '@/server/kernel/env'

/**
 * Whether a request that changes something was sent by a page of ours. Browsers tell the page's origin with every POST;
 * it must be the host they spoke to, or PUBLIC_URL when a proxy in between renames the host.
 */
export function isSameOrigin(headers: Headers): boolean {
  const origin = headers.get('origin')
  if (!origin) return headers.get('sec-fetch-site') === 'same-origin'
  if (!URL.canParse(origin)) return false
  const { host } = new URL(origin)
  const asked = headers.get('x-forwarded-host') ?? headers.get('host')
  return host === asked || origin === new URL(env('publicUrl')).origin
}

import { type Access, lookUpAccess } from '@/server/access/membership'
import { readSessionToken } from '@/server/auth/session-token'
import { newId } from '@/server/kernel/ids'

/** What a procedure may know of the request that calls it. */
export type RequestContext = {
  requestId: string
  /** The instant of the request. */
  now: Date
  /** The caller's network address, for rate limits. */
  address: string
  userAgent: string
  /** Asks the database at most once per request, however many procedures travel together. */
  access: () => Promise<Access | null>
  /** Keeps the process alive for work that the answer does not wait for. */
  keepAlive: (work: Promise<void>) => void
}

export const COMPANY_HEADER = 'x-company'

/** @param keepAlive Next's `after` in the site; tests hand in a collector. */
export function contextOf(headers: Headers, keepAlive: RequestContext['keepAlive']): RequestContext {
  let access: Promise<Access | null> | undefined
  return {
    requestId: newId(),
    now: new Date(),
    address: addressOf(headers),
    userAgent: headers.get('user-agent') ?? '',
    access: () => {
      access ??= findAccess(headers)
      return access
    },
    keepAlive,
  }
}

async function findAccess(headers: Headers): Promise<Access | null> {
  const token = await readSessionToken(headers.get('cookie'))
  return token ? lookUpAccess(token, headers.get(COMPANY_HEADER)) : null
}

/** The front writes x-real-ip itself, so a caller cannot choose it; without a front everybody shares one name. */
function addressOf(headers: Headers): string {
  return headers.get('x-real-ip') ?? 'unknown'
}

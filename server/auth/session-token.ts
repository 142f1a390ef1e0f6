import { decode, encode } from 'next-auth/jwt'
import { z } from 'zod'
import { env } from '@/server/kernel/env'

/** How long a sign-in lasts, seconds: a month of working days without typing the password again. */
export const SESSION_SECONDS = 30 * 24 * 60 * 60

/** What the sealed cookie says. It proves nothing alone: the row of the session decides (access/membership). */
const tokenSchema = z.object({ sub: z.uuid(), sid: z.uuid() })
export type SessionToken = { userId: string; sessionId: string }

/** Browsers keep cookies per host, not per port; with the port in the name two copies on one machine stay apart. */
const portOf = (url: URL) => url.port || (url.protocol === 'https:' ? '443' : '80')

/** @returns whether browsers may send our cookies over https only. */
export const isSecureSite = () => env('publicUrl').startsWith('https://')

/** @returns the name of one of our cookies on this address. */
export function cookieName(purpose: 'session' | 'csrf' | 'callback'): string {
  const prefix = isSecureSite() ? (purpose === 'csrf' ? '__Host-' : '__Secure-') : ''
  return `${prefix}ikono_${purpose}_${portOf(new URL(env('publicUrl')))}`
}

export function sealSessionToken(token: SessionToken): Promise<string> {
  return encode({
    token: { sub: token.userId, sid: token.sessionId },
    secret: env('authSecret'),
    maxAge: SESSION_SECONDS,
  })
}

/**
 * Reads the session out of a request's Cookie header.
 * @returns null when there is none, it is out of date, or somebody has written on it.
 */
export async function readSessionToken(cookieHeader: string | null): Promise<SessionToken | null> {
  const sealed = cookieOf(cookieHeader, cookieName('session'))
  if (!sealed) return null
  // A cookie that does not open is a stranger's or an old one: an expected outcome, not a fault.
  const opened = await decode({ token: sealed, secret: env('authSecret') }).catch(() => null)
  const parsed = tokenSchema.safeParse(opened)
  return parsed.success ? { userId: parsed.data.sub, sessionId: parsed.data.sid } : null
}

function cookieOf(header: string | null, name: string): string | undefined {
  return header
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1)
}

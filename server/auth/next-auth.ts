import NextAuth, { type NextAuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { env } from '@/server/kernel/env'
import { DomainError } from '@/server/kernel/errors'
import { log } from '@/server/kernel/log'
import { isDatabaseAway } from '@/server/kernel/outage'
import { revokeSession, signIn } from './commands'
import { signInInput } from './schema'
import { cookieName, isSecureSite, SESSION_SECONDS } from './session-token'

declare module 'next-auth' {
  interface User {
    id: string
    sessionId: string
  }
}
declare module 'next-auth/jwt' {
  interface JWT {
    sub?: string
    sid?: string
  }
}

const credentials = Credentials({
  credentials: { email: {}, password: {} },
  async authorize(given, request) {
    const parsed = signInInput.safeParse(given)
    if (!parsed.success) throw new Error('wrongCredentials')
    try {
      const headers: Record<string, string | undefined> = request.headers ?? {}
      const token = await signIn(parsed.data, {
        address: headers['x-real-ip'] ?? 'unknown',
        userAgent: headers['user-agent'] ?? '',
      })
      return { id: token.userId, sessionId: token.sessionId }
    } catch (error) {
      // The message travels to the sign-in page inside an address: reasons only, never details of a fault.
      if (error instanceof DomainError) throw new Error(error.reason)
      log.error({ err: error }, 'sign-in failed')
      throw new Error(isDatabaseAway(error) ? 'databaseAway' : 'somethingWentWrong')
    }
  },
})

/** Read when the first request comes: a build has no secrets. */
function options(): NextAuthOptions {
  const cookie = { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecureSite() } as const
  return {
    secret: env('authSecret'),
    providers: [credentials],
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/sign-in' },
    cookies: {
      sessionToken: { name: cookieName('session'), options: cookie },
      csrfToken: { name: cookieName('csrf'), options: cookie },
      callbackUrl: { name: cookieName('callback'), options: cookie },
    },
    callbacks: {
      jwt: ({ token, user }) => (user ? { sub: user.id, sid: user.sessionId } : token),
      // The browser learns that there is a session, and asks the API for the rest.
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      signOut: async ({ token }) => {
        if (token?.sub && token.sid) await revokeSession({ userId: token.sub, sessionId: token.sid })
      },
    },
    logger: {
      error: (code, metadata) => log.warn({ code, metadata }, 'sign-in machinery'),
      warn: (code) => log.debug({ code }, 'sign-in machinery'),
      debug: () => undefined,
    },
  }
}

/** The handler of app/api/auth/[...nextauth]. */
export async function handleAuthRequest(request: Request, context: unknown): Promise<Response> {
  // next-auth reads the body as JSON when it is said to be that, and fails as a whole on anything else.
  const isJson = request.headers.get('content-type')?.includes('application/json') ?? false
  if (isJson && !isJsonObject(await request.clone().text()))
    return Response.json({ error: 'invalid' }, { status: 400 })
  return NextAuth(options())(request, context)
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return value !== null && typeof value === 'object'
  } catch {
    return false
  }
}

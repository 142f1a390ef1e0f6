import type { SignUpInput } from '@/server/onboarding/schema'

/**
 * Sign-in, sign-up and reset as the public pages speak them: plain requests, because those pages load neither tRPC nor
 * the client of next-auth (which would ask for its list of providers first and never use it).
 */
export type Outcome = { ok: true } | { ok: false; field?: string; reason: string }

/** Where a stranger is sent; `next` is the page they wanted. */
export function signInAddress(next?: string): string {
  return next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in'
}

/** Opens a session: afterwards the cookie is set. */
export async function signInWithPassword(email: string, password: string): Promise<Outcome> {
  const { url } = await postToAuth('callback/credentials', { email, password })
  const reason = url.searchParams.get('error')
  if (reason) return { ok: false, reason: reason === 'CredentialsSignin' ? 'wrongCredentials' : reason }
  return url.searchParams.has('csrf') ? { ok: false, reason: 'somethingWentWrong' } : { ok: true }
}

/** Opens the company and signs its owner in. */
export async function signUpAndIn(input: SignUpInput): Promise<Outcome> {
  const outcome = await callProcedure('onboarding.signUp', input)
  return outcome.ok ? signInWithPassword(input.email, input.password) : outcome
}

/** Ends the session on the server and in this browser. */
export async function signOut(): Promise<void> {
  await postToAuth('signout', {})
  window.location.assign('/sign-in')
}

/** Form-encoded with next-auth's own token against forged posts; answers with the address it would lead to. */
async function postToAuth(action: string, fields: Record<string, string>): Promise<{ url: URL }> {
  const { csrfToken } = await fetchJson<{ csrfToken: string }>('/api/auth/csrf')
  const { url } = await fetchJson<{ url: string }>(`/api/auth/${action}`, {
    method: 'POST',
    body: new URLSearchParams({ ...fields, csrfToken, callbackUrl: '/', json: 'true' }),
  })
  return { url: new URL(url, window.location.origin) }
}

async function fetchJson<Body>(path: string, init?: RequestInit): Promise<Body> {
  const response = await fetch(path, init)
  return (await response.json()) as Body
}

type Failure = { error?: { json?: { data?: { reason?: string; field?: string | null } } } }

/** One mutation over tRPC's own wire form. */
export async function callProcedure(path: string, input: unknown): Promise<Outcome> {
  const response = await fetch(`/api/trpc/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ json: input }),
  })
  if (response.ok) return { ok: true }
  const { error } = (await response.json()) as Failure
  const { reason = 'somethingWentWrong', field } = error?.json?.data ?? {}
  return field ? { ok: false, reason, field } : { ok: false, reason }
}

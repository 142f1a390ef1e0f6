import 'server-only'
import { headers } from 'next/headers'
import { after } from 'next/server'
import { createCaller } from '@/server/app-router'
import { COMPANY_HEADER, contextOf } from '@/server/trpc/context'

/**
 * The API for server components, without HTTP. The session travels in the request's own cookie; `company` is
 * the slug from the address, null on pages of no company.
 */
export async function apiFor(company: string | null) {
  const given = new Headers(await headers())
  given.delete(COMPANY_HEADER)
  if (company !== null) given.set(COMPANY_HEADER, company)
  return createCaller(contextOf(given, (work) => after(work)))
}

import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { after } from 'next/server'
import { appRouter } from '@/server/app-router'
import { isSameOrigin } from '@/server/auth/same-origin'
import { contextOf } from '@/server/trpc/context'
import { isTooLarge } from '../../body-size'

/** Text and ids only travel here; files have their own door. */
const LARGEST_BODY = 1_000_000
/** Queries of one screen travel together; more than this is no screen of ours. */
const LARGEST_BATCH = 20

function refuse(status: number, reason: string): Response {
  return Response.json({ error: { json: { message: reason, data: { reason, field: null } } } }, { status })
}

function answer(request: Request): Promise<Response> {
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    maxBatchSize: LARGEST_BATCH,
    createContext: () => contextOf(request.headers, (work) => after(work)),
    responseMeta: () => ({ headers: new Headers({ 'cache-control': 'no-store' }) }),
  })
}

export function GET(request: Request): Promise<Response> {
  return answer(request)
}

export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request.headers)) return refuse(403, 'notAllowed')
  if (isTooLarge(request.headers, LARGEST_BODY)) return refuse(413, 'tooLarge')
  return answer(request)
}

import { handleAuthRequest } from '@/server/auth/next-auth'
import { isSameOrigin } from '@/server/auth/same-origin'
import { isTooLarge } from '../../body-size'

/** An address and a password. */
const LARGEST_BODY = 20_000

type Context = { params: Promise<{ nextauth: string[] }> }

export function GET(request: Request, context: Context): Promise<Response> {
  return handleAuthRequest(request, context)
}

export async function POST(request: Request, context: Context): Promise<Response> {
  if (!isSameOrigin(request.headers)) return Response.json({ error: 'notAllowed' }, { status: 403 })
  if (isTooLarge(request.headers, LARGEST_BODY)) return Response.json({ error: 'tooLarge' }, { status: 413 })
  return handleAuthRequest(request, context)
}

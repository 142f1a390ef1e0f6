import { handleAuthRequest } from '@/server/auth/next-auth'
import { isSameOrigin } from '@/server/auth/same-origin'

type Context = { params: Promise<{ nextauth: string[] }> }

export function GET(request: Request, context: Context): Promise<Response> {
  return handleAuthRequest(request, context)
}

export async function POST(request: Request, context: Context): Promise<Response> {
  if (!isSameOrigin(request.headers)) return Response.json({ error: 'notAllowed' }, { status: 403 })
  return handleAuthRequest(request, context)
}

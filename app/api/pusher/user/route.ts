import { after } from 'next/server'
import { signUser } from '@/server/realtime/authorize'
import { subscriberOf } from '../subscriber'

/** Signs the socket in as a member, so that it is cut within seconds when the membership ends. */
export async function POST(request: Request): Promise<Response> {
  const asked = await subscriberOf(request, (work) => after(work))
  if (!asked) return Response.json({ error: 'forbidden' }, { status: 403 })
  return Response.json(signUser(asked.subscriber, asked.socketId), {
    headers: { 'cache-control': 'no-store' },
  })
}

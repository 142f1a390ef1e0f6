import { after } from 'next/server'
import { maySee } from '@/server/conversations/queries'
import { maySubscribe, signSubscription } from '@/server/realtime/authorize'
import { subscriberOf } from '../subscriber'

/**
 * Signs a realtime subscription: form-encoded `socket_id` and `channel_name`, the company by x-company.
 * Answers 403 alike for what does not exist, is another's, or is not theirs to hear.
 */
export async function POST(request: Request): Promise<Response> {
  const asked = await subscriberOf(request, (work) => after(work))
  if (!asked?.channel) return refuse()
  const { subscriber, ctx, socketId, channel } = asked
  if (!(await maySubscribe(subscriber, channel, (conversationId) => maySee(ctx, conversationId))))
    return refuse()
  return Response.json(signSubscription(subscriber, socketId, channel), {
    headers: { 'cache-control': 'no-store' },
  })
}

const refuse = () => Response.json({ error: 'forbidden' }, { status: 403 })

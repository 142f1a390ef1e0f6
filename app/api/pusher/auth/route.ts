import { after } from 'next/server'
import { maySee } from '@/server/conversations/queries'
import { maySubscribe, signSubscription } from '@/server/realtime/authorize'
import { answerSubscriber } from '../subscriber'

/**
 * Signs a realtime subscription: form-encoded `socket_id` and `channel_name`, the company by x-company.
 * Answers 403 alike for what does not exist, is another's, or is not theirs to hear.
 */
export function POST(request: Request): Promise<Response> {
  return answerSubscriber(
    request,
    (work) => after(work),
    async ({ subscriber, ctx, socketId, channel }) => {
      if (!channel) return null
      const allowed = await maySubscribe(subscriber, channel, (conversationId) => maySee(ctx, conversationId))
      return allowed ? signSubscription(subscriber, socketId, channel) : null
    },
  )
}

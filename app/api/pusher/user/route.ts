import { after } from 'next/server'
import { signUser } from '@/server/realtime/authorize'
import { answerSubscriber } from '../subscriber'

/** Signs the socket in as a member, so that it is cut within seconds when the membership ends. */
export function POST(request: Request): Promise<Response> {
  return answerSubscriber(
    request,
    (work) => after(work),
    async ({ subscriber, socketId }) => signUser(subscriber, socketId),
  )
}

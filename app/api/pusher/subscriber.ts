import { memberContext } from '@/server/access/context'
import { isSameOrigin } from '@/server/auth/same-origin'
import type { TenantContext } from '@/server/kernel/context'
import { log } from '@/server/kernel/log'
import { isDatabaseAway } from '@/server/kernel/outage'
import type { Subscriber } from '@/server/realtime/authorize'
import { contextOf } from '@/server/trpc/context'
import { isTooLarge } from '../body-size'

/** What the server SDK signs; anything else would make it throw. */
const SOCKET_ID = /^\d+\.\d+$/

type Asked = { subscriber: Subscriber; ctx: TenantContext; socketId: string; channel: string | null }

/** A socket id and the name of a channel. */
const LARGEST_BODY = 4_096

/**
 * Answers a request for a signature. Strangers, malformed requests and what `sign` refuses hear the same 403; a
 * database that is away is no refusal: the client may come again.
 */
export async function answerSubscriber(
  request: Request,
  keepAlive: (work: Promise<void>) => void,
  sign: (asked: Asked) => Promise<object | null>,
): Promise<Response> {
  if (isTooLarge(request.headers, LARGEST_BODY)) return Response.json({ error: 'tooLarge' }, { status: 413 })
  try {
    const asked = await subscriberOf(request, keepAlive)
    const signed = asked && (await sign(asked))
    if (!signed) return Response.json({ error: 'forbidden' }, { status: 403 })
    return Response.json(signed, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    if (!isDatabaseAway(error)) throw error
    log.error({ err: error }, 'subscription not judged')
    return Response.json({ error: 'databaseAway' }, { status: 503 })
  }
}

/** Reads who asks, from the session and the membership; null for a stranger or a malformed request. */
async function subscriberOf(
  request: Request,
  keepAlive: (work: Promise<void>) => void,
): Promise<Asked | null> {
  if (!isSameOrigin(request.headers)) return null
  const form = new URLSearchParams(await request.text())
  const socketId = form.get('socket_id')
  if (!socketId || !SOCKET_ID.test(socketId)) return null
  const access = await contextOf(request.headers, keepAlive).access()
  if (!access?.membership) return null
  const ctx = memberContext(access.membership, new Date(), () => undefined)
  const { actor } = ctx
  if (actor.kind !== 'member') return null
  return { subscriber: { tenantId: ctx.tenantId, actor }, ctx, socketId, channel: form.get('channel_name') }
}

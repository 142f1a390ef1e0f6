import { memberContext } from '@/server/access/context'
import { isSameOrigin } from '@/server/auth/same-origin'
import type { TenantContext } from '@/server/kernel/context'
import type { Subscriber } from '@/server/realtime/authorize'
import { contextOf } from '@/server/trpc/context'

/** What the server SDK signs; anything else would make it throw. */
const SOCKET_ID = /^\d+\.\d+$/

export type Asked = { subscriber: Subscriber; ctx: TenantContext; socketId: string; channel: string | null }

/** Reads who asks, from the session and the membership; null for a stranger or a malformed request. */
export async function subscriberOf(
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

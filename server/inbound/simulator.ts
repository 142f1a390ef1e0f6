import { z } from 'zod'
import type { TenantContext } from '@/server/kernel/context'
import { queryIn } from '@/server/kernel/database'
import { DomainError } from '@/server/kernel/errors'
import { memberProcedure, router } from '@/server/trpc/procedures'
import { wakeJournal, writeJournal } from './journal'

/** The phone in the page: whoever is signed in plays a customer. It reads and writes through the same pipeline. */
const personaSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  name: z.string().trim().min(1).max(80),
  phone: z
    .string()
    .regex(/^\d{8,15}$/)
    .nullable(),
})

const sayInput = z.object({
  channelId: z.uuid(),
  persona: personaSchema,
  /** Made by the page: said twice is said once. */
  id: z.uuid(),
  text: z.string().trim().min(1, 'textEmpty').max(4_096, 'textTooLong'),
})

async function simulatorOrThrow(ctx: TenantContext, channelId: string): Promise<void> {
  const channel = await ctx.db.channel.findFirst({
    where: { tenantId: ctx.tenantId, id: channelId, kind: 'simulator', archivedAt: null },
    select: { id: true },
  })
  if (!channel) throw new DomainError('NOT_FOUND', 'channelNotFound', { field: 'channelId' })
}

async function put(ctx: TenantContext, channelId: string, orderKey: string, payload: unknown): Promise<void> {
  await simulatorOrThrow(ctx, channelId)
  await writeJournal(ctx.tenantId, channelId, { orderKey, payload })
  ctx.afterCommit(() => wakeJournal(channelId))
}

export type PhoneMessage = {
  id: string
  from: 'customer' | 'company'
  text: string
  at: Date
  status: string | null
}

/** What the persona's phone shows: all its chats with the channel, as one thread. */
async function phoneThread(
  ctx: TenantContext,
  input: { channelId: string; personaId: string },
): Promise<PhoneMessage[]> {
  const { rows } = await queryIn<PhoneMessage>(
    ctx,
    `SELECT * FROM (
       SELECT m.id, CASE m.direction WHEN 'in' THEN 'customer' ELSE 'company' END AS from, m.text, m.at, m.status
       FROM contact_identity i
       JOIN conversation v ON v."tenantId" = $1 AND v."contactId" = i."contactId" AND v."channelId" = $2
       JOIN message m ON m."tenantId" = $1 AND m."conversationId" = v.id AND m.direction <> 'note'
       WHERE i."tenantId" = $1 AND i.kind = 'simulator' AND i.value = $3
         AND (m.direction = 'in' OR m.status IN ('sent', 'delivered', 'read'))
       ORDER BY m.at DESC, m.id DESC LIMIT 100) newest
     ORDER BY at, id`,
    [ctx.tenantId, input.channelId, input.personaId],
  )
  return rows
}

export const simulatorRouter = router({
  /** The persona writes. It is durable when this answers; the worker takes it from there. */
  say: memberProcedure.input(sayInput).mutation(({ ctx, input }) =>
    put(ctx.tenant, input.channelId, input.persona.id, {
      do: 'say',
      id: input.id,
      persona: input.persona,
      text: input.text,
      at: ctx.tenant.now.toISOString(),
    }),
  ),
  /** The persona looked at a message of ours: its ticks turn. */
  read: memberProcedure
    .input(z.object({ channelId: z.uuid(), personaId: z.string().max(60), messageId: z.uuid() }))
    .mutation(({ ctx, input }) =>
      put(ctx.tenant, input.channelId, input.personaId, {
        do: 'read',
        messageId: input.messageId,
        at: ctx.tenant.now.toISOString(),
      }),
    ),
  thread: memberProcedure
    .input(z.object({ channelId: z.uuid(), personaId: z.string().max(60) }))
    .query(({ ctx, input }) => phoneThread(ctx.tenant, input)),
})

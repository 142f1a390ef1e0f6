import { z } from 'zod'
import { type ChannelEvent, messageContentSchema, quoteSchema } from '@/server/channels/schema'

const persona = z.object({
  id: z.string().min(1).max(60),
  name: z.string().min(1).max(80),
  phone: z.string().nullable(),
})
const id = z.string().min(1).max(100)
const at = z.iso.datetime()

/** What the phone in the page posts. */
const simulatorPayloadSchema = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('say'),
    id,
    persona,
    text: z.string().max(4_096),
    /** Any other kind than a text; its words are in it. */
    content: messageContentSchema.optional(),
    quote: quoteSchema.optional(),
    at,
  }),
  z.object({ do: z.literal('react'), id, persona, target: id, emoji: z.string().max(50).nullable(), at }),
  z.object({ do: z.literal('edit'), id, persona, target: id, text: z.string().min(1).max(4_096), at }),
  z.object({ do: z.literal('delete'), id, persona, target: id, at }),
  z.object({ do: z.enum(['delivered', 'read']), messageId: id, at }),
])

/** Payload of the phone in the page -> events. Pure. */
export function readInbound(payload: unknown): ChannelEvent[] {
  const said = simulatorPayloadSchema.parse(payload)
  if ('messageId' in said) {
    return [{ type: 'receipt', externalId: said.messageId, status: said.do, failureCode: null, at: said.at }]
  }
  const acting = {
    externalId: said.id,
    from: 'customer' as const,
    sender: {
      identities: [{ kind: 'simulator' as const, value: said.persona.id }],
      phone: said.persona.phone,
      name: said.persona.name,
    },
    at: said.at,
  }
  switch (said.do) {
    case 'react':
      return [{ type: 'reaction', ...acting, target: said.target, emoji: said.emoji }]
    case 'edit':
      return [{ type: 'edit', ...acting, target: said.target, text: said.text }]
    case 'delete':
      return [{ type: 'deletion', ...acting, target: said.target }]
    default:
      return [
        {
          type: 'message',
          ...acting,
          content: said.content ?? { kind: 'text', text: said.text },
          quote: said.quote ?? null,
        },
      ]
  }
}

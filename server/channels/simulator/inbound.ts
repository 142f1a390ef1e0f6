import { z } from 'zod'
import type { ChannelEvent } from '@/server/channels/schema'

/** What the phone in the page posts. */
const simulatorPayloadSchema = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('say'),
    id: z.string().min(1).max(100),
    persona: z.object({
      id: z.string().min(1).max(60),
      name: z.string().min(1).max(80),
      phone: z.string().nullable(),
    }),
    text: z.string().min(1).max(4_096),
    at: z.iso.datetime(),
  }),
  z.object({
    do: z.enum(['delivered', 'read']),
    messageId: z.string().min(1).max(100),
    at: z.iso.datetime(),
  }),
])

/** Payload of the phone in the page -> events. Pure. */
export function readInbound(payload: unknown): ChannelEvent[] {
  const said = simulatorPayloadSchema.parse(payload)
  if (said.do !== 'say') {
    return [{ type: 'receipt', externalId: said.messageId, status: said.do, failureCode: null, at: said.at }]
  }
  return [
    {
      type: 'message',
      externalId: said.id,
      from: 'customer',
      sender: {
        identities: [{ kind: 'simulator', value: said.persona.id }],
        phone: said.persona.phone,
        name: said.persona.name,
      },
      content: { kind: 'text', text: said.text },
      quote: null,
      at: said.at,
    },
  ]
}

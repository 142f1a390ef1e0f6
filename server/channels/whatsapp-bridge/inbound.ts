import { z } from 'zod'
import { type ChannelEvent, messageContentSchema, quoteSchema } from '@/server/channels/schema'

const idSchema = z.string().min(1).max(200)
/** The provider's clock, whole seconds. */
const secondsSchema = z.number().int().positive().max(8_640_000_000_000)

const contactSchema = z.object({
  lid: z.string().min(1).max(64).nullable(),
  /** Digits with country code. */
  phone: z.string().min(1).max(32).nullable(),
})

const messageSchema = z.object({
  v: z.literal(1),
  /** phone-message: typed on the company's own phone; the contact is whom it went to. */
  kind: z.enum(['message', 'phone-message']),
  id: idSchema,
  contact: contactSchema.refine(
    ({ lid, phone }) => lid !== null || phone !== null,
    'a contact has an address',
  ),
  /** The name the customer has given to WhatsApp. */
  name: z.string().max(200).nullable(),
  t: secondsSchema,
  /** It waited at WhatsApp while the link was down. */
  offline: z.boolean(),
  content: messageContentSchema,
  /** Missing in entries of an older version. */
  quote: quoteSchema.nullable().optional(),
})

/** A reaction, an edit or a deletion: `target` is the id of the message it is done to. */
const touchSchema = messageSchema.omit({ content: true, quote: true, kind: true }).extend({
  kind: z.enum(['touch', 'phone-touch']),
  touch: z.discriminatedUnion('do', [
    z.object({ do: z.literal('react'), target: idSchema, emoji: z.string().min(1).max(50).nullable() }),
    z.object({ do: z.literal('edit'), target: idSchema, text: z.string().max(65_536) }),
    z.object({ do: z.literal('delete'), target: idSchema }),
  ]),
})

const receiptSchema = z.object({
  v: z.literal(1),
  kind: z.literal('receipt'),
  ids: z.array(idSchema).min(1),
  status: z.enum(['sent', 'delivered', 'read', 'failed']),
  code: z.string().max(100).nullable(),
  t: secondsSchema,
})

/** What the session writes to the journal: already decrypted and read, so that the site needs no WhatsApp code. */
export const bridgePayloadSchema = z.discriminatedUnion('kind', [messageSchema, touchSchema, receiptSchema])
export type BridgePayload = z.infer<typeof bridgePayloadSchema>
export type BridgeContact = z.infer<typeof contactSchema>

/** Journal payload of the bridge -> events. Pure. @throws ZodError on anything else than a BridgePayload. */
export function readInbound(payload: unknown): ChannelEvent[] {
  const said = bridgePayloadSchema.parse(payload)
  const at = new Date(said.t * 1000).toISOString()
  if (said.kind === 'receipt') {
    const { status, code: failureCode } = said
    return said.ids.map((externalId) => ({ type: 'receipt', externalId, status, failureCode, at }))
  }
  const { lid, phone } = said.contact
  const acting = {
    externalId: said.id,
    from: said.kind === 'message' || said.kind === 'touch' ? ('customer' as const) : ('phone' as const),
    sender: {
      // The LID lasts; the number may be hidden for ever, and may change.
      identities: [
        ...(lid ? [{ kind: 'whatsapp-lid' as const, value: lid }] : []),
        ...(phone ? [{ kind: 'phone' as const, value: phone }] : []),
      ],
      phone,
      name: said.name,
    },
    at,
  }
  if ('content' in said)
    return [{ type: 'message', ...acting, content: said.content, quote: said.quote ?? null }]
  const { touch } = said
  switch (touch.do) {
    case 'react':
      return [{ type: 'reaction', ...acting, target: touch.target, emoji: touch.emoji }]
    case 'edit':
      return [{ type: 'edit', ...acting, target: touch.target, text: touch.text }]
    case 'delete':
      return [{ type: 'deletion', ...acting, target: touch.target }]
    default:
      return touch satisfies never
  }
}

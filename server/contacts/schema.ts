import { z } from 'zod'

/**
 * One way in which a provider names a contact. A WhatsApp customer may come as LID, as phone, or as both; the phone
 * may be absent for ever.
 */
export const identitySchema = z.object({
  kind: z.enum(['whatsapp-lid', 'phone', 'simulator', 'instagram']),
  /** Digits of E.164 without plus for a phone; the provider's opaque id otherwise. */
  value: z.string().min(1).max(128),
})
export type Identity = z.infer<typeof identitySchema>

/** All names of one sender, the most lasting first, and what the provider calls them. */
export const senderSchema = z.object({
  identities: z.array(identitySchema).min(1),
  phone: z.string().nullable(),
  name: z.string().max(200).nullable(),
})
export type Sender = z.infer<typeof senderSchema>

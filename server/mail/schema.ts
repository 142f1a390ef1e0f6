import { z } from 'zod'

/** A letter on its way. The id becomes its Message-ID: sent twice after a cut line, it is the same letter twice. */
export const letterSchema = z.object({
  id: z.uuid(),
  to: z.email(),
  subject: z.string().min(1),
  text: z.string().min(1),
  html: z.string().min(1),
  writtenAt: z.coerce.date(),
  /** After this it would only confuse: a link that is dead, for example. */
  uselessAfter: z.coerce.date().nullable(),
})
export type Letter = z.infer<typeof letterSchema>

import { z } from 'zod'
import { sightSettingsSchema } from '@/server/access/schema'

/** What a company has chosen. Stored sparse, so that a default can change for everybody who never chose. */
export const companySettingsSchema = sightSettingsSchema.extend({
  /** After a resolution, thanks and emoji within this time open no new chat. 0 = off. */
  courtesyMinutes: z.number().int().min(0).max(1_440).default(10),
  /** No reply to the menu for this long: the chat counts as abandoned there. */
  abandonedMinutes: z.number().int().min(1).max(10_080).default(30),
  /** A first answer is due within this time: a longer wait shows amber, twice as long red. */
  firstAnswerGoalSeconds: z.number().int().min(60).max(86_400).default(600),
})
export type CompanySettings = z.infer<typeof companySettingsSchema>

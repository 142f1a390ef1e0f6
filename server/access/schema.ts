import { z } from 'zod'

/** The part of a company's settings that says which chats its agents see. Settings are stored sparse: absent = default. */
export const sightSettingsSchema = z.object({
  /** Own chats only, those of own teams too, or all. */
  agentsSee: z.enum(['own', 'teams', 'all']).default('teams'),
  /** Whether agents see open chats that belong to no team. */
  agentsSeeTeamless: z.boolean().default(true),
})
export type SightSettings = z.infer<typeof sightSettingsSchema>

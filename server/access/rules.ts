import type { Role } from '@/server/kernel/context'
import type { SightSettings } from './schema'

export type Sight = { sees: 'own' | 'teams' | 'all'; seesTeamless: boolean }

/** Which chats a member may see: the role's right, or for an agent the company's setting. */
export function sightOf(role: Role, settings: SightSettings): Sight {
  return role === 'agent'
    ? { sees: settings.agentsSee, seesTeamless: settings.agentsSeeTeamless }
    : { sees: 'all', seesTeamless: true }
}

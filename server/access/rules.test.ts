import { expect, test } from 'vitest'
import { sightOf } from './rules'
import { sightSettingsSchema } from './schema'

const unset = sightSettingsSchema.parse({})

test.each([
  ['an agent sees their teams’ chats when the company has not chosen', 'agent', unset, 'teams', true],
  [
    'an agent sees only their own where the company says so',
    'agent',
    { ...unset, agentsSee: 'own' },
    'own',
    true,
  ],
  [
    'a company may keep chats of no team from its agents',
    'agent',
    { ...unset, agentsSeeTeamless: false },
    'teams',
    false,
  ],
  [
    'a supervisor sees all, whatever agents see',
    'supervisor',
    { agentsSee: 'own', agentsSeeTeamless: false },
    'all',
    true,
  ],
  ['so does an owner', 'owner', { agentsSee: 'own', agentsSeeTeamless: false }, 'all', true],
] as const)('%s', (_, role, settings, sees, seesTeamless) => {
  expect(sightOf(role, settings)).toEqual({ sees, seesTeamless })
})

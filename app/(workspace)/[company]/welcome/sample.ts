import type { TemplateSample } from '@/server/onboarding/schema'
import { answerTry, freshTry, type Try } from '../menus/[menuId]/preview'

/** The name of a sample's team, as its hand-over says it. */
export const teamNameIn =
  ({ teams }: TemplateSample) =>
  (teamId: string | null): string | null =>
    teams.find(({ id }) => id === teamId)?.name ?? null

/** A starter menu as a customer meets it: greeted, and the first option taken. */
export function beginSample(sample: TemplateSample, hello: string, at: Date): Try {
  const { definition } = sample
  const teamName = teamNameIn(sample)
  const greeted = answerTry(definition, freshTry, { text: hello, at, teamName })
  const first = definition.screens.find(({ id }) => id === definition.firstScreenId)?.options[0]
  return first ? answerTry(definition, greeted, { text: first.key, at, teamName }) : greeted
}

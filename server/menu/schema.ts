import { z } from 'zod'

/**
 * The chatbot's tree: screens with options. The same definition is shown as numbers where a channel has no buttons.
 * `start` and the hand-over texts live beside the screens, so that a company edits one thing.
 */
const text = (max: number) => z.string().trim().min(1).max(max)

export const menuOptionSchema = z.object({
  id: z.string().min(1).max(40),
  /** What the customer may type: the number shown in front of the label. */
  key: z.string().trim().min(1).max(8),
  label: text(60),
  /** Other words that choose it. */
  synonyms: z.array(text(40)).max(20).default([]),
  leadsTo: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('screen'), screenId: z.string().min(1) }),
    z.object({ kind: z.literal('team'), teamId: z.string().min(1) }),
    z.object({ kind: z.literal('back') }),
    z.object({ kind: z.literal('person') }),
  ]),
})
export type MenuOption = z.infer<typeof menuOptionSchema>

export const menuScreenSchema = z.object({
  id: z.string().min(1).max(40),
  name: text(60),
  text: text(1_000),
  options: z.array(menuOptionSchema).min(1).max(10),
})
export type MenuScreen = z.infer<typeof menuScreenSchema>

export const menuDefinitionSchema = z.object({
  firstScreenId: z.string().min(1),
  screens: z.array(menuScreenSchema).min(1).max(50),
  /** Where "a person" and too many misses lead; null = the channel's default team. */
  fallbackTeamId: z.string().nullable(),
  /** Said when the chat is handed over; {team} is replaced by the team's name. */
  handOverText: text(500),
  /** Said when nobody is free and the chat waits in line. */
  waitingText: text(500),
  /** Said before the options again when the answer was not understood. */
  missText: text(500),
})
export type MenuDefinition = z.infer<typeof menuDefinitionSchema>

/** Where a chat stands. */
export type MenuState = { at: 'start' } | { at: 'screen'; screenId: string; misses: number }

/** What happens next; decided by rules.decideNextStep, done by inbound. */
export type Step =
  | {
      do: 'ask'
      screenId: string
      misses: number
      because: 'greeting' | 'chosen' | 'back' | 'miss'
      option: StepOption | null
    }
  | {
      do: 'handOver'
      teamId: string | null
      reason: 'chosen' | 'asked-for-person' | 'too-many-misses' | 'screen-gone'
      option: StepOption | null
    }
export type StepOption = { id: string; label: string }

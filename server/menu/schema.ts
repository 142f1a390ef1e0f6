import { z } from 'zod'

/**
 * The chatbot's tree: screens with options. The same definition is shown as numbers where a channel has no buttons.
 * The hand-over texts live beside the screens, so that a company edits one thing.
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
    z.object({ kind: z.literal('screen'), screenId: z.string().min(1).max(40) }),
    z.object({ kind: z.literal('team'), teamId: z.string().min(1).max(40) }),
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
  firstScreenId: z.string().min(1).max(40),
  screens: z.array(menuScreenSchema).min(1).max(50),
  /** Where "a person" and too many misses lead; null = the channel's default team. */
  fallbackTeamId: z.string().max(40).nullable(),
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

/** What companies do, as far as a starter menu knows. */
export const trades = ['clinic', 'shop', 'internet', 'school', 'restaurant', 'blank'] as const
export type Trade = (typeof trades)[number]
export const menuLocales = ['es', 'en', 'pt'] as const
export type MenuLocale = (typeof menuLocales)[number]

export const menuInput = z.object({ menuId: z.uuid() })

/** Which state of the draft the editor had before it, so that two people do not overwrite each other unseen. */
const seenDraft = z.object({ versionId: z.uuid(), updatedAt: z.date() }).nullable()
export type SeenDraft = z.infer<typeof seenDraft>

export const createMenuInput = z.object({
  name: text(60),
  trade: z.enum(trades),
  locale: z.enum(menuLocales),
})
export const saveDraftInput = menuInput.extend({ definition: menuDefinitionSchema, seen: seenDraft })
export const publishMenuInput = menuInput.extend({ seen: seenDraft })
export const restoreVersionInput = menuInput.extend({ versionId: z.uuid() })

export type MenuRow = {
  id: string
  name: string
  publishedNumber: number | null
  publishedAt: Date | null
  channels: { id: string; kind: string; name: string }[]
}

/** One version, as the list of versions shows it. */
export type VersionRow = {
  id: string
  number: number
  state: 'draft' | 'published' | 'old'
  createdAt: Date
  updatedAt: Date
  publishedAt: Date | null
  /** Who began it; null for what came with the company. */
  authorName: string | null
}

export type EditedMenu = MenuRow & {
  published: VersionRow | null
  draft: VersionRow | null
  /** The draft's, else the published one's. */
  definition: MenuDefinition
}

import { fold, readAnswer } from './reading'
import type { MenuDefinition, MenuOption, MenuScreen, MenuState, Step, StepOption } from './schema'

/** A customer who cannot find the right number must reach a person, not a loop. */
export const MAX_MISSES = 3

/**
 * What the bot does with a customer's message. The first message of a chat is greeted, whatever it says.
 * @param text as the customer wrote it; empty for what is no text (a sticker, a voice note).
 */
export function decideNextStep(menu: MenuDefinition, state: MenuState, text: string): Step {
  if (state.at === 'start') return ask(menu, menu.firstScreenId, 'greeting')

  const screen = screenOf(menu, state.screenId)
  if (!screen) return handOver(menu.fallbackTeamId, 'screen-gone')

  const reading = readAnswer(screen, text)
  switch (reading.means) {
    case 'option':
      return follow(menu, screen, reading.option)
    case 'person':
      return handOver(menu.fallbackTeamId, 'asked-for-person')
    case 'first-screen':
      return ask(menu, menu.firstScreenId, 'back')
    case 'back':
      return ask(menu, screenBefore(menu, screen.id), 'back')
    case 'nothing':
      return miss(menu, screen, state.misses + 1)
    default:
      return reading satisfies never
  }
}

function follow(menu: MenuDefinition, screen: MenuScreen, { id, label, leadsTo }: MenuOption): Step {
  const option = { id, label }
  switch (leadsTo.kind) {
    case 'screen':
      return ask(menu, leadsTo.screenId, 'chosen', option)
    case 'back':
      return ask(menu, screenBefore(menu, screen.id), 'back', option)
    case 'team':
      return handOver(leadsTo.teamId, 'chosen', option)
    case 'person':
      return handOver(menu.fallbackTeamId, 'asked-for-person', option)
    default:
      return leadsTo satisfies never
  }
}

function miss(menu: MenuDefinition, screen: MenuScreen, misses: number): Step {
  return misses >= MAX_MISSES
    ? handOver(menu.fallbackTeamId, 'too-many-misses')
    : { do: 'ask', screenId: screen.id, misses, because: 'miss', option: null }
}

function ask(
  menu: MenuDefinition,
  screenId: string,
  because: 'greeting' | 'chosen' | 'back',
  option: StepOption | null = null,
): Step {
  if (!screenOf(menu, screenId)) return handOver(menu.fallbackTeamId, 'screen-gone', option)
  return { do: 'ask', screenId, misses: 0, because, option }
}

function handOver(
  teamId: string | null,
  reason: Extract<Step, { do: 'handOver' }>['reason'],
  option: StepOption | null = null,
): Step {
  return { do: 'handOver', teamId, reason, option }
}

/** Where the chat stands after a step; null when the bot is done. */
export function stateAfter(step: Step): MenuState | null {
  return step.do === 'ask' ? { at: 'screen', screenId: step.screenId, misses: step.misses } : null
}

/** Quicker than a person reads a question and types an answer. */
const READING_MS = 3_000

/**
 * Whether the customer was still writing when the bot asked: "hola" and "una pregunta" sent in one breath are no two
 * answers. What is not understood then is no miss, and needs no reply.
 */
export function cameBeforeReading(askedAt: Date, receivedAt: Date): boolean {
  return receivedAt.getTime() - askedAt.getTime() < READING_MS
}

const screenOf = (menu: MenuDefinition, screenId: string): MenuScreen | undefined =>
  menu.screens.find((screen) => screen.id === screenId)

/** The screen on the shortest way from the first one; the first screen is before itself and before what no way reaches. */
function screenBefore(menu: MenuDefinition, screenId: string): string {
  return waysIn(menu).get(screenId) ?? menu.firstScreenId
}

/** Every screen that options lead to from the first one, with the screen before it on the shortest way. */
function waysIn(menu: MenuDefinition): ReadonlyMap<string, string | null> {
  const before = new Map<string, string | null>()
  if (!screenOf(menu, menu.firstScreenId)) return before
  before.set(menu.firstScreenId, null)
  // A Map hands out what is added while it is read, so this walks the tree level by level and each screen once.
  for (const screenId of before.keys()) {
    for (const { leadsTo } of screenOf(menu, screenId)?.options ?? []) {
      if (leadsTo.kind !== 'screen' || before.has(leadsTo.screenId)) continue
      if (screenOf(menu, leadsTo.screenId)) before.set(leadsTo.screenId, screenId)
    }
  }
  return before
}

/**
 * The text of a screen.
 * @param numbers true where the channel has no buttons: options follow, their keys in WhatsApp's bold.
 * @throws RangeError for a screen that the menu does not have; decideNextStep never names one.
 */
export function renderScreen(
  menu: MenuDefinition,
  screenId: string,
  { numbers }: { numbers: boolean },
): string {
  const screen = screenOf(menu, screenId)
  if (!screen) throw new RangeError('the menu has no such screen')
  if (!numbers) return screen.text
  return [screen.text, screen.options.map(({ key, label }) => `*${key}* ${label}`).join('\n')].join('\n\n')
}

/** What is said when an answer was not understood: the menu's own words, then the screen again. */
export function renderMiss(menu: MenuDefinition, screenId: string, look: { numbers: boolean }): string {
  return `${menu.missText}\n\n${renderScreen(menu, screenId, look)}`
}

/**
 * What is said when a chat leaves the menu.
 * @param teamName null when it goes to nobody in particular: the sentence that names the team is left out.
 * @param waiting true when nobody was free and the chat waits in line.
 */
export function renderHandOver(
  menu: MenuDefinition,
  { teamName, waiting }: { teamName: string | null; waiting: boolean },
): string {
  const text = waiting ? menu.waitingText : menu.handOverText
  if (teamName !== null) return text.replaceAll('{team}', () => teamName)
  const sentences = text.split(/(?<=[.!?])\s+/).filter((sentence) => !sentence.includes('{team}'))
  return sentences.join(' ') || text.replaceAll(/\s*\{team\}/g, '').trim() || text
}

export type MenuProblemCode =
  | 'firstScreenMissing'
  | 'fallbackTeamUnknown'
  | 'screenRepeated'
  | 'optionRepeated'
  | 'keyRepeated'
  | 'screenUnknown'
  | 'teamUnknown'
  | 'deadEnd'
  | 'screenUnreachable'
  | 'wordRepeated'
  | 'backFromFirst'

/** One thing that is wrong, and where: the editor marks the place and says the words. */
export type MenuProblem = {
  code: MenuProblemCode
  /** Errors keep a menu from being published; a customer could be lost in it. */
  severity: 'error' | 'warning'
  screenId: string | null
  optionId: string | null
  /** The key or word at fault, where there is one. */
  detail: string | null
}

/** The refusal of a publication, as a key under `errors`: keyRepeated -> menuKeyRepeated. */
export const reasonOfProblem = (code: MenuProblemCode) =>
  `menu${code.charAt(0).toUpperCase()}${code.slice(1)}`

/** All that is wrong with a menu, errors first. @param teamIds the teams that are there. */
export function checkMenu(menu: MenuDefinition, teamIds: readonly string[]): MenuProblem[] {
  const teams = new Set(teamIds)
  const problems = [
    ...checkWhole(menu, teams),
    ...menu.screens.flatMap((screen) => [...checkScreen(menu, screen), ...checkOptions(menu, screen, teams)]),
  ]
  return [
    ...problems.filter(({ severity }) => severity === 'error'),
    ...problems.filter(({ severity }) => severity === 'warning'),
  ]
}

type Place = { screenId?: string; optionId?: string; detail?: string }

const problem = (
  code: MenuProblemCode,
  severity: MenuProblem['severity'],
  place: Place = {},
): MenuProblem => ({
  code,
  severity,
  screenId: place.screenId ?? null,
  optionId: place.optionId ?? null,
  detail: place.detail ?? null,
})

/** The values that stand more than once, each named once. */
const repeated = (values: readonly string[]) => [
  ...new Set(values.filter((value, place) => values.indexOf(value) !== place)),
]

function checkWhole(menu: MenuDefinition, teams: ReadonlySet<string>): MenuProblem[] {
  const problems: MenuProblem[] = []
  if (!screenOf(menu, menu.firstScreenId)) problems.push(problem('firstScreenMissing', 'error'))
  if (menu.fallbackTeamId !== null && !teams.has(menu.fallbackTeamId)) {
    problems.push(problem('fallbackTeamUnknown', 'error'))
  }
  for (const screenId of repeated(menu.screens.map(({ id }) => id))) {
    problems.push(problem('screenRepeated', 'error', { screenId }))
  }
  // Reports count by the option's id, so it may not name two options.
  const all = menu.screens.flatMap((screen) => screen.options.map(({ id }) => id))
  for (const optionId of repeated(all)) {
    const screen = menu.screens.find(({ options }) => options.some(({ id }) => id === optionId))
    problems.push(problem('optionRepeated', 'error', { screenId: screen?.id ?? '', optionId }))
  }
  return problems
}

function checkScreen(menu: MenuDefinition, screen: MenuScreen): MenuProblem[] {
  const problems: MenuProblem[] = []
  const at = (optionId: string, detail: string) => ({ screenId: screen.id, optionId, detail })
  const holderOf = (has: (option: MenuOption) => boolean) => screen.options.findLast(has)?.id ?? ''

  for (const key of repeated(screen.options.map((option) => wordOf(option.key)))) {
    problems.push(
      problem(
        'keyRepeated',
        'error',
        at(
          holderOf((option) => wordOf(option.key) === key),
          key,
        ),
      ),
    )
  }
  const words = screen.options.map((option) => [...new Set([option.label, ...option.synonyms].map(wordOf))])
  for (const word of repeated(words.flat())) {
    const holder = holderOf((option) => [option.label, ...option.synonyms].map(wordOf).includes(word))
    problems.push(problem('wordRepeated', 'warning', at(holder, word)))
  }
  if (!waysIn(menu).has(screen.id)) {
    problems.push(problem('screenUnreachable', 'warning', { screenId: screen.id }))
  }
  if (!leadsToPerson(menu, screen)) problems.push(problem('deadEnd', 'error', { screenId: screen.id }))
  return problems
}

/** As a customer's answer is read; signs and emoji stay as they are. */
const wordOf = (text: string) => fold(text) || text.trim()

function checkOptions(menu: MenuDefinition, screen: MenuScreen, teams: ReadonlySet<string>): MenuProblem[] {
  return screen.options.flatMap(({ id, leadsTo }) => {
    const at = { screenId: screen.id, optionId: id }
    if (leadsTo.kind === 'screen' && !screenOf(menu, leadsTo.screenId)) {
      return [problem('screenUnknown', 'error', at)]
    }
    if (leadsTo.kind === 'team' && !teams.has(leadsTo.teamId)) return [problem('teamUnknown', 'error', at)]
    if (leadsTo.kind === 'back' && screen.id === menu.firstScreenId) {
      return [problem('backFromFirst', 'warning', at)]
    }
    return []
  })
}

/** Whether options alone, going back included, can bring a customer from here to somebody. */
function leadsToPerson(menu: MenuDefinition, from: MenuScreen): boolean {
  const seen = new Set([from.id])
  for (const screenId of seen) {
    for (const { leadsTo } of screenOf(menu, screenId)?.options ?? []) {
      if (leadsTo.kind === 'team' || leadsTo.kind === 'person') return true
      seen.add(leadsTo.kind === 'back' ? screenBefore(menu, screenId) : leadsTo.screenId)
    }
  }
  return false
}

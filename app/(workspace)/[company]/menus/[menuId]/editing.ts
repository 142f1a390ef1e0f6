import type { MenuDefinition, MenuOption, MenuScreen } from '@/server/menu/schema'

/** Changes of a menu while it is edited: each takes a menu and gives the next one, so that any can be undone. */
const MOST_SCREENS = 50
export const MOST_OPTIONS = 10

/** What is open in the middle of the editor. */
export type Selection =
  | { kind: 'screen'; screenId: string }
  | { kind: 'option'; screenId: string; optionId: string }
  | { kind: 'texts' }

/** One text for one place: equal for two selections of the same. */
export function keyOf(place: Selection): string {
  switch (place.kind) {
    case 'texts':
      return 'texts'
    case 'screen':
      return place.screenId
    case 'option':
      return `${place.screenId} ${place.optionId}`
    default:
      return place satisfies never
  }
}

export type MenuTexts = Pick<MenuDefinition, 'handOverText' | 'waitingText' | 'missText' | 'fallbackTeamId'>

export const changeTexts = (menu: MenuDefinition, texts: Partial<MenuTexts>): MenuDefinition => ({
  ...menu,
  ...texts,
})

export function changeScreen(
  menu: MenuDefinition,
  screenId: string,
  change: Partial<Pick<MenuScreen, 'name' | 'text'>>,
): MenuDefinition {
  return withScreen(menu, screenId, (screen) => ({ ...screen, ...change }))
}

export function changeOption(
  menu: MenuDefinition,
  { screenId, optionId }: { screenId: string; optionId: string },
  change: Partial<Omit<MenuOption, 'id'>>,
): MenuDefinition {
  return withScreen(menu, screenId, (screen) => ({
    ...screen,
    options: screen.options.map((option) => (option.id === optionId ? { ...option, ...change } : option)),
  }))
}

/** An option at the end of a screen, with the next free number; 0 stays the way back, at the foot. */
export function addOption(
  menu: MenuDefinition,
  screenId: string,
  option: Omit<MenuOption, 'key'>,
): MenuDefinition {
  return withScreen(menu, screenId, (screen) => {
    if (screen.options.length >= MOST_OPTIONS) return screen
    const added = { ...option, key: nextKey(screen) }
    const foot = screen.options.findIndex(({ leadsTo }) => leadsTo.kind === 'back')
    return {
      ...screen,
      options: foot === -1 ? [...screen.options, added] : screen.options.toSpliced(foot, 0, added),
    }
  })
}

function nextKey({ options }: MenuScreen): string {
  const taken = new Set(options.map(({ key }) => key))
  let number = 1
  while (taken.has(String(number))) number += 1
  return String(number)
}

/** A screen keeps at least one option: without any, a customer there could choose nothing. */
export function removeOption(
  menu: MenuDefinition,
  { screenId, optionId }: { screenId: string; optionId: string },
): MenuDefinition {
  return withScreen(menu, screenId, (screen) =>
    screen.options.length === 1
      ? screen
      : { ...screen, options: screen.options.filter(({ id }) => id !== optionId) },
  )
}

/** Changes places with a neighbour; the keys stay where they are, so that 1 is still the first. */
export function moveOption(
  menu: MenuDefinition,
  { screenId, optionId }: { screenId: string; optionId: string },
  by: -1 | 1,
): MenuDefinition {
  return withScreen(menu, screenId, (screen) => {
    const from = screen.options.findIndex(({ id }) => id === optionId)
    const moved = screen.options[from]
    const other = screen.options[from + by]
    if (!moved || !other) return screen
    const options = screen.options
      .with(from, { ...other, key: moved.key })
      .with(from + by, { ...moved, key: other.key })
    return { ...screen, options }
  })
}

export function addScreen(menu: MenuDefinition, screen: MenuScreen): MenuDefinition {
  return menu.screens.length >= MOST_SCREENS ? menu : { ...menu, screens: [...menu.screens, screen] }
}

/** The first screen stays. Options that led to a removed one are left, and the checks point at them. */
export function removeScreen(menu: MenuDefinition, screenId: string): MenuDefinition {
  if (screenId === menu.firstScreenId) return menu
  return { ...menu, screens: menu.screens.filter(({ id }) => id !== screenId) }
}

function withScreen(
  menu: MenuDefinition,
  screenId: string,
  change: (screen: MenuScreen) => MenuScreen,
): MenuDefinition {
  return {
    ...menu,
    screens: menu.screens.map((screen) => (screen.id === screenId ? change(screen) : screen)),
  }
}

/** Places where a text is still missing; such a menu is not saved, because customers would read nothing there. */
export function missingTexts(menu: MenuDefinition): Selection[] {
  const isBlank = (text: string) => text.trim() === ''
  const places: Selection[] = menu.screens.flatMap((screen) => [
    ...(isBlank(screen.name) || isBlank(screen.text)
      ? [{ kind: 'screen' as const, screenId: screen.id }]
      : []),
    ...screen.options
      .filter(({ key, label }) => isBlank(key) || isBlank(label))
      .map(({ id }) => ({ kind: 'option' as const, screenId: screen.id, optionId: id })),
  ])
  const { handOverText, waitingText, missText } = menu
  return [handOverText, waitingText, missText].some(isBlank) ? [...places, { kind: 'texts' }] : places
}

/** "garantía, dañado, , roto" -> three words, each once. */
export function synonymsFrom(text: string): string[] {
  const words = text.split(',').map((word) => word.trim().slice(0, 40).trim())
  return [...new Set(words.filter((word) => word !== ''))].slice(0, 20)
}

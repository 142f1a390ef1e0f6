import type { MenuDefinition, MenuOption, MenuScreen } from '@/server/menu/schema'

/** One line of the tree at the left of the editor. */
export type TreeRow =
  | { kind: 'screen'; depth: number; screen: MenuScreen; isFirst: boolean }
  | { kind: 'option'; depth: number; screen: MenuScreen; option: MenuOption }

/**
 * The menu as customers walk it: under an option that opens a screen stand that screen's options. A screen is shown
 * where it is first met; those that nothing leads to come last, by themselves.
 */
export function treeOf(menu: MenuDefinition): TreeRow[] {
  const shown = new Set<MenuScreen>()
  const screenOf = (id: string) => menu.screens.find((screen) => screen.id === id)

  const optionsOf = (screen: MenuScreen, depth: number): TreeRow[] =>
    screen.options.flatMap((option) => {
      const row: TreeRow = { kind: 'option', depth, screen, option }
      const next = option.leadsTo.kind === 'screen' ? screenOf(option.leadsTo.screenId) : undefined
      if (!next || shown.has(next)) return [row]
      shown.add(next)
      return [row, ...optionsOf(next, depth + 1)]
    })

  const wholeScreen = (screen: MenuScreen): TreeRow[] => {
    shown.add(screen)
    const isFirst = screen.id === menu.firstScreenId
    return [{ kind: 'screen', depth: 0, screen, isFirst }, ...optionsOf(screen, 1)]
  }

  const first = screenOf(menu.firstScreenId)
  const rows = first ? wholeScreen(first) : []
  for (const screen of menu.screens) {
    if (!shown.has(screen)) rows.push(...wholeScreen(screen))
  }
  return rows
}

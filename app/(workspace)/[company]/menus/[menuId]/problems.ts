import { checkMenu, type MenuProblem, type MenuProblemCode } from '@/server/menu/rules'
import type { MenuDefinition } from '@/server/menu/schema'
import { missingTexts, type Selection } from './editing'

export type PlacedProblem = {
  code: MenuProblemCode | 'textMissing'
  severity: MenuProblem['severity']
  /** What the editor opens to mend it. */
  place: Selection
  /** The screen's or option's name; null for the texts of the whole menu. */
  placeName: string | null
  /** The key or word at fault. */
  detail: string
}

/** What is wrong with a menu, missing texts first. */
export function problemsOf(menu: MenuDefinition, teamIds: readonly string[]): PlacedProblem[] {
  const missing = missingTexts(menu).map((place) => ({
    code: 'textMissing' as const,
    severity: 'error' as const,
    place: shownAt(menu, place),
    placeName: nameOf(menu, place),
    detail: '',
  }))
  const found = checkMenu(menu, teamIds)
    // Two empty labels are two missing texts, not one word that leads to two options.
    .filter(({ detail }) => detail !== '')
    .map(({ code, severity, screenId, optionId, detail }) => {
      const place = placeOf(screenId, optionId)
      return {
        code,
        severity,
        place: shownAt(menu, place),
        placeName: nameOf(menu, place),
        detail: detail ?? '',
      }
    })
  return [...missing, ...found]
}

function placeOf(screenId: string | null, optionId: string | null): Selection {
  if (screenId === null) return { kind: 'texts' }
  return optionId === null ? { kind: 'screen', screenId } : { kind: 'option', screenId, optionId }
}

/** A screen that an option opens is edited under that option; the tree has no line of its own for it. */
function shownAt(menu: MenuDefinition, place: Selection): Selection {
  if (place.kind !== 'screen' || place.screenId === menu.firstScreenId) return place
  for (const screen of menu.screens) {
    const opener = screen.options.find(
      ({ leadsTo }) => leadsTo.kind === 'screen' && leadsTo.screenId === place.screenId,
    )
    if (opener && screen.id !== place.screenId) {
      return { kind: 'option', screenId: screen.id, optionId: opener.id }
    }
  }
  return place
}

function nameOf(menu: MenuDefinition, place: Selection): string | null {
  if (place.kind === 'texts') return null
  const screen = menu.screens.find(({ id }) => id === place.screenId)
  if (place.kind === 'screen') return screen?.name ?? null
  return screen?.options.find(({ id }) => id === place.optionId)?.label ?? null
}

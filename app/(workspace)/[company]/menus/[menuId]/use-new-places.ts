'use client'

import { useTranslations } from 'next-intl'
import { newId } from '@/server/kernel/ids'
import type { MenuDefinition, MenuScreen } from '@/server/menu/schema'
import { addOption, addScreen, changeOption, type Selection } from './editing'

export type NewPlaces = {
  /** A screen that nothing opens yet. */
  addLooseScreen: () => void
  /** A screen that this option opens from now on. */
  openNewScreen: (option: { screenId: string; optionId: string }) => void
  addOptionTo: (screenId: string) => void
}

/** New screens and options, with first words in the reader's language, opened at once for editing. */
export function useNewPlaces(
  edit: (change: (menu: MenuDefinition) => MenuDefinition) => void,
  select: (selection: Selection) => void,
): NewPlaces {
  const t = useTranslations('menus')

  // A way back is its first option, so that a new screen is never a dead end.
  const newScreen = (): MenuScreen => ({
    id: newId(),
    name: t('newScreen'),
    text: t('newScreenText'),
    options: [{ id: newId(), key: '0', label: t('leads.back'), synonyms: [], leadsTo: { kind: 'back' } }],
  })

  return {
    addLooseScreen: () => {
      const screen = newScreen()
      edit((menu) => addScreen(menu, screen))
      select({ kind: 'screen', screenId: screen.id })
    },
    openNewScreen: (option) => {
      const screen = newScreen()
      edit((menu) =>
        changeOption(addScreen(menu, screen), option, { leadsTo: { kind: 'screen', screenId: screen.id } }),
      )
    },
    addOptionTo: (screenId) => {
      const id = newId()
      edit((menu) =>
        addOption(menu, screenId, { id, label: t('newOption'), synonyms: [], leadsTo: { kind: 'person' } }),
      )
      select({ kind: 'option', screenId, optionId: id })
    },
  }
}

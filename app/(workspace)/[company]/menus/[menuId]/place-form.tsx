import { useTranslations } from 'next-intl'
import type { MenuDefinition, MenuScreen } from '@/server/menu/schema'
import {
  changeOption,
  changeScreen,
  changeTexts,
  moveOption,
  removeOption,
  removeScreen,
  type Selection,
} from './editing'
import styles from './editor.module.css'
import type { Team } from './menu-tree'
import { OptionForm } from './option-form'
import { ScreenForm } from './screen-form'
import { TextsForm } from './texts-form'
import type { NewPlaces } from './use-new-places'

type PlaceFormProps = {
  menu: MenuDefinition
  teams: readonly Team[]
  selection: Selection
  disabled: boolean
  edit: (change: (menu: MenuDefinition) => MenuDefinition) => void
  newPlaces: NewPlaces
  onSelect: (selection: Selection) => void
}

/** The place that is selected in the tree; a place that is gone shows the first screen. */
export function PlaceForm(props: PlaceFormProps) {
  const { menu, teams, selection, disabled, edit, newPlaces } = props
  const t = useTranslations('menus')

  if (selection.kind === 'texts') {
    const onChange = (change: Parameters<typeof changeTexts>[1]) =>
      edit((before) => changeTexts(before, change))
    return <TextsForm menu={menu} teams={teams} disabled={disabled} onChange={onChange} />
  }
  const screen = menu.screens.find(({ id }) => id === selection.screenId)
  const option =
    selection.kind === 'option' ? screen?.options.find(({ id }) => id === selection.optionId) : undefined
  if (!screen || !option) {
    const shown = screen ?? menu.screens.find(({ id }) => id === menu.firstScreenId) ?? menu.screens[0]
    return shown ? <ScreenPlace {...props} screen={shown} title={shown.name} /> : null
  }

  const { leadsTo } = option
  const opened = leadsTo.kind === 'screen' && menu.screens.find(({ id }) => id === leadsTo.screenId)
  const place = { screenId: screen.id, optionId: option.id }
  return (
    <>
      <header className={styles.formHead}>
        <span className={styles.bigKey}>{option.key}</span>
        <h2 className={styles.formTitle}>{option.label}</h2>
        <span className={styles.quiet}>{t('screenIn', { screen: screen.name })}</span>
      </header>
      <OptionForm
        option={option}
        teams={teams}
        screens={menu.screens}
        disabled={disabled}
        onChange={(change) => edit((before) => changeOption(before, place, change))}
        onOpenNewScreen={() => newPlaces.openNewScreen(place)}
      />
      {opened ? (
        <div className={styles.opened}>
          <ScreenPlace {...props} screen={opened} title={t('openedScreen', { screen: opened.name })} />
        </div>
      ) : null}
    </>
  )
}

function ScreenPlace({
  menu,
  screen,
  title,
  disabled,
  edit,
  newPlaces,
  onSelect,
}: PlaceFormProps & { screen: MenuScreen; title: string }) {
  const { id } = screen
  return (
    <>
      <h2 className={styles.formTitle}>{title}</h2>
      <ScreenForm
        screen={screen}
        disabled={disabled}
        onChange={(change) => edit((before) => changeScreen(before, id, change))}
        onAddOption={() => newPlaces.addOptionTo(id)}
        onMoveOption={(optionId, by) => edit((before) => moveOption(before, { screenId: id, optionId }, by))}
        onRemoveOption={(optionId) => edit((before) => removeOption(before, { screenId: id, optionId }))}
        onSelect={onSelect}
        onRemove={id === menu.firstScreenId ? undefined : () => edit((before) => removeScreen(before, id))}
      />
    </>
  )
}

import { useTranslations } from 'next-intl'
import { SelectField } from '@/app/_ui/field'
import type { MenuDefinition } from '@/server/menu/schema'
import type { MenuTexts } from './editing'
import styles from './editor.module.css'
import type { Team } from './menu-tree'
import { TextArea } from './text-area'

type TextsFormProps = {
  menu: MenuDefinition
  teams: readonly Team[]
  disabled: boolean
  onChange: (change: Partial<MenuTexts>) => void
}

/** What the menu says from every screen, and who takes those who ask for a person. */
export function TextsForm({ menu, teams, disabled, onChange }: TextsFormProps) {
  const t = useTranslations('menus')
  const { fallbackTeamId } = menu
  const isGone = fallbackTeamId !== null && !teams.some(({ id }) => id === fallbackTeamId)
  return (
    <>
      <h2 className={styles.formTitle}>{t('texts')}</h2>
      <SelectField
        label={t('fields.fallback')}
        value={fallbackTeamId ?? ''}
        disabled={disabled}
        onChange={(event) => onChange({ fallbackTeamId: event.target.value || null })}
      >
        <option value="">{t('fields.fallbackNone')}</option>
        {isGone ? <option value={fallbackTeamId}>{t('gone')}</option> : null}
        {teams.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextArea
        label={t('fields.handOver')}
        help={t('fields.teamHint')}
        value={menu.handOverText}
        maxLength={500}
        disabled={disabled}
        onChange={(event) => onChange({ handOverText: event.target.value })}
      />
      <TextArea
        label={t('fields.waiting')}
        value={menu.waitingText}
        maxLength={500}
        disabled={disabled}
        onChange={(event) => onChange({ waitingText: event.target.value })}
      />
      <TextArea
        label={t('fields.miss')}
        value={menu.missText}
        maxLength={500}
        disabled={disabled}
        onChange={(event) => onChange({ missText: event.target.value })}
      />
    </>
  )
}

import { CornerUpLeft, MessageCircleQuestion, PanelTop, UsersRound } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { SelectField, TextField } from '@/app/_ui/field'
import type { MenuOption, MenuScreen } from '@/server/menu/schema'
import { synonymsFrom } from './editing'
import styles from './editor.module.css'
import type { Team } from './menu-tree'

type OptionFormProps = {
  option: MenuOption
  teams: readonly Team[]
  screens: readonly MenuScreen[]
  disabled: boolean
  onChange: (change: Partial<Omit<MenuOption, 'id'>>) => void
  /** Makes a screen for the option to open. */
  onOpenNewScreen: () => void
}

const LEADS = [
  { kind: 'team', icon: UsersRound },
  { kind: 'screen', icon: PanelTop },
  { kind: 'back', icon: CornerUpLeft },
  { kind: 'person', icon: MessageCircleQuestion },
] as const

/** Not an id of a screen: ids are uuids, or words of a template without a sign. */
const NEW_SCREEN = '+'

/** One option: what the customer reads and may type, and what happens then. */
export function OptionForm({ option, teams, screens, disabled, onChange, onOpenNewScreen }: OptionFormProps) {
  const t = useTranslations('menus')
  const { leadsTo } = option

  const lead = (kind: MenuOption['leadsTo']['kind']) => {
    if (kind === leadsTo.kind) return
    if (kind === 'back' || kind === 'person') return onChange({ leadsTo: { kind } })
    const [team] = teams
    if (kind === 'team' && team) return onChange({ leadsTo: { kind, teamId: team.id } })
    if (kind === 'screen') onOpenNewScreen()
  }

  return (
    <>
      <div className={styles.optionFields}>
        <TextField
          label={t('fields.key')}
          value={option.key}
          maxLength={8}
          disabled={disabled}
          onChange={(event) => onChange({ key: event.target.value })}
        />
        <TextField
          label={t('fields.label')}
          value={option.label}
          maxLength={60}
          disabled={disabled}
          onChange={(event) => onChange({ label: event.target.value })}
        />
        <SynonymsField
          key={option.id}
          synonyms={option.synonyms}
          disabled={disabled}
          onChange={(synonyms) => onChange({ synonyms })}
        />
      </div>
      <fieldset className={styles.leads} disabled={disabled}>
        <legend>{t('fields.leadsTo')}</legend>
        {LEADS.map(({ kind, icon: Icon }) => (
          <label key={kind} data-on={leadsTo.kind === kind || undefined}>
            <input type="radio" name="leads" checked={leadsTo.kind === kind} onChange={() => lead(kind)} />
            <Icon size={17} aria-hidden="true" />
            {t(`leads.${kind}`)}
          </label>
        ))}
      </fieldset>
      {leadsTo.kind === 'team' ? (
        <SelectField
          label={t('fields.team')}
          value={leadsTo.teamId}
          disabled={disabled}
          onChange={(event) => onChange({ leadsTo: { kind: 'team', teamId: event.target.value } })}
        >
          {teams.some(({ id }) => id === leadsTo.teamId) ? null : (
            <option value={leadsTo.teamId}>{t('gone')}</option>
          )}
          {teams.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      ) : null}
      {leadsTo.kind === 'screen' ? (
        <SelectField
          label={t('fields.toScreen')}
          value={leadsTo.screenId}
          disabled={disabled}
          onChange={({ target }) =>
            target.value === NEW_SCREEN
              ? onOpenNewScreen()
              : onChange({ leadsTo: { kind: 'screen', screenId: target.value } })
          }
        >
          {screens.some(({ id }) => id === leadsTo.screenId) ? null : (
            <option value={leadsTo.screenId}>{t('gone')}</option>
          )}
          {screens.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          <option value={NEW_SCREEN}>{t('newScreen')}…</option>
        </SelectField>
      ) : null}
    </>
  )
}

type SynonymsFieldProps = {
  synonyms: readonly string[]
  disabled: boolean
  onChange: (synonyms: string[]) => void
}

/** Keeps what is typed as it is typed: a comma just written is not yet a word. */
function SynonymsField({ synonyms, disabled, onChange }: SynonymsFieldProps) {
  const t = useTranslations('menus')
  const [text, setText] = useState(synonyms.join(', '))
  const isSame = synonymsFrom(text).join() === synonyms.join()
  return (
    <TextField
      label={t('fields.synonyms')}
      help={t('fields.synonymsHelp')}
      value={isSame ? text : synonyms.join(', ')}
      disabled={disabled}
      onChange={(event) => {
        setText(event.target.value)
        onChange(synonymsFrom(event.target.value))
      }}
    />
  )
}

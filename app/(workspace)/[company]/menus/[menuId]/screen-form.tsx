import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'
import { IconButton } from '@/app/_ui/icon-button'
import type { MenuScreen } from '@/server/menu/schema'
import { MOST_OPTIONS, type Selection } from './editing'
import styles from './editor.module.css'
import { TextArea } from './text-area'

type ScreenFormProps = {
  screen: MenuScreen
  disabled: boolean
  onChange: (change: Partial<Pick<MenuScreen, 'name' | 'text'>>) => void
  onAddOption: () => void
  onMoveOption: (optionId: string, by: -1 | 1) => void
  onRemoveOption: (optionId: string) => void
  onSelect: (selection: Selection) => void
  /** Absent for the first screen, which stays. */
  onRemove?: (() => void) | undefined
}

/** The words of a screen and the options below them. */
export function ScreenForm(props: ScreenFormProps) {
  const { screen, disabled, onChange, onRemove } = props
  const t = useTranslations('menus')
  return (
    <>
      <div className={styles.fields}>
        <TextField
          label={t('fields.screenName')}
          value={screen.name}
          maxLength={60}
          disabled={disabled}
          onChange={(event) => onChange({ name: event.target.value })}
        />
        {onRemove && !disabled ? (
          <Button
            look="danger"
            icon={<Trash2 size={15} aria-hidden="true" />}
            className={styles.end}
            onClick={onRemove}
          >
            {t('remove')}
          </Button>
        ) : null}
      </div>
      <TextArea
        label={t('fields.screenText')}
        value={screen.text}
        maxLength={1000}
        disabled={disabled}
        onChange={(event) => onChange({ text: event.target.value })}
      />
      <OptionList {...props} />
    </>
  )
}

function OptionList({
  screen,
  disabled,
  onAddOption,
  onMoveOption,
  onRemoveOption,
  onSelect,
}: ScreenFormProps) {
  const t = useTranslations('menus')
  const { options } = screen
  return (
    <section className={styles.optionList} aria-label={t('options')}>
      <h3>{t('options')}</h3>
      <ul>
        {options.map(({ id, key, label }, place) => (
          <li key={id}>
            <button
              type="button"
              className={styles.optionName}
              onClick={() => onSelect({ kind: 'option', screenId: screen.id, optionId: id })}
            >
              <span className={styles.key}>{key}</span>
              <span className={styles.rowName}>{label}</span>
            </button>
            {disabled ? null : (
              <>
                <IconButton
                  label={t('moveUp')}
                  size={28}
                  disabled={place === 0}
                  onClick={() => onMoveOption(id, -1)}
                >
                  <ArrowUp size={15} aria-hidden="true" />
                </IconButton>
                <IconButton
                  label={t('moveDown')}
                  size={28}
                  disabled={place === options.length - 1}
                  onClick={() => onMoveOption(id, 1)}
                >
                  <ArrowDown size={15} aria-hidden="true" />
                </IconButton>
                <IconButton
                  label={t('remove')}
                  size={28}
                  disabled={options.length === 1}
                  onClick={() => onRemoveOption(id)}
                >
                  <Trash2 size={15} aria-hidden="true" />
                </IconButton>
              </>
            )}
          </li>
        ))}
      </ul>
      {disabled ? null : (
        <Button
          icon={<Plus size={15} aria-hidden="true" />}
          disabled={options.length >= MOST_OPTIONS}
          onClick={onAddOption}
        >
          {t('addOption')}
        </Button>
      )}
    </section>
  )
}

import { CircleX, MessageSquareText, Plus, TriangleAlert, Wrench } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { IconButton } from '@/app/_ui/icon-button'
import type { MenuDefinition, MenuOption } from '@/server/menu/schema'
import { keyOf, type Selection } from './editing'
import styles from './editor.module.css'
import type { PlacedProblem } from './problems'
import { type TreeRow, treeOf } from './tree'

export type Team = { id: string; name: string; colour: number }

type MenuTreeProps = {
  menu: MenuDefinition
  teams: readonly Team[]
  problems: readonly PlacedProblem[]
  selection: Selection
  onSelect: (selection: Selection) => void
  /** Absent where the menu may only be read. */
  onAddScreen?: (() => void) | undefined
}

/** Screens and options as customers walk them, at the left of the editor. */
export function MenuTree({ menu, teams, problems, selection, onSelect, onAddScreen }: MenuTreeProps) {
  const t = useTranslations('menus')
  return (
    <nav className={styles.tree} aria-label={t('tree')}>
      <div className={styles.treeHead}>
        <h2>{t('tree')}</h2>
        {onAddScreen ? (
          <IconButton label={t('addScreen')} tip="bottom-end" size={28} onClick={onAddScreen}>
            <Plus size={16} aria-hidden="true" />
          </IconButton>
        ) : null}
      </div>
      {treeOf(menu).map((row) => {
        const place = placeOf(row)
        return (
          <button
            key={keyOf(place)}
            type="button"
            className={styles.row}
            style={{ paddingLeft: `${8 + row.depth * 24}px` }}
            aria-current={keyOf(place) === keyOf(selection) ? 'true' : undefined}
            onClick={() => onSelect(place)}
          >
            {row.kind === 'screen' ? (
              <MessageSquareText size={15} className={styles.screenMark} aria-hidden="true" />
            ) : (
              <span className={styles.key}>{row.option.key}</span>
            )}
            <span className={styles.rowName}>
              {row.kind === 'screen' ? row.screen.name : row.option.label}
            </span>
            {row.kind === 'screen' ? (
              <span className={styles.to}>{row.isFirst ? t('start') : null}</span>
            ) : (
              <Destination option={row.option} teams={teams} />
            )}
            <Mark problems={problems} place={place} />
          </button>
        )
      })}
      <div className={styles.always}>
        <h3>{t('always')}</h3>
        <button
          type="button"
          className={styles.row}
          aria-current={selection.kind === 'texts' ? 'true' : undefined}
          onClick={() => onSelect({ kind: 'texts' })}
        >
          <Wrench size={15} className={styles.screenMark} aria-hidden="true" />
          <span className={styles.rowName}>{t('texts')}</span>
          <Mark problems={problems} place={{ kind: 'texts' }} />
        </button>
      </div>
    </nav>
  )
}

const placeOf = (row: TreeRow): Selection =>
  row.kind === 'screen'
    ? { kind: 'screen', screenId: row.screen.id }
    : { kind: 'option', screenId: row.screen.id, optionId: row.option.id }

function Destination({ option, teams }: { option: MenuOption; teams: readonly Team[] }) {
  const { leadsTo } = option
  if (leadsTo.kind !== 'team') return null
  const team = teams.find(({ id }) => id === leadsTo.teamId)
  return team ? (
    <span className={styles.to}>
      <i className={styles.dot} style={{ background: `var(--k${team.colour})` }} />
      {team.name}
    </span>
  ) : null
}

function Mark({ problems, place }: { problems: readonly PlacedProblem[]; place: Selection }) {
  const here = problems.filter((problem) => keyOf(problem.place) === keyOf(place))
  if (here.length === 0) return null
  return here.some(({ severity }) => severity === 'error') ? (
    <CircleX size={14} className={styles.errorMark} aria-hidden="true" />
  ) : (
    <TriangleAlert size={14} className={styles.warningMark} aria-hidden="true" />
  )
}

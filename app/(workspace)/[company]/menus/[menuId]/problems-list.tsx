import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '@/app/_ui/button'
import { keyOf, type Selection } from './editing'
import styles from './editor.module.css'
import type { PlacedProblem } from './problems'

type ProblemsListProps = { problems: readonly PlacedProblem[]; onSelect: (selection: Selection) => void }

/** What is wrong and where; it changes with every letter. */
export function ProblemsList({ problems, onSelect }: ProblemsListProps) {
  const t = useTranslations('menus')
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const warnings = problems.length - errors
  return (
    <section className={styles.checks} aria-label={t('checks.title')}>
      <header>
        <h2>{t('checks.title')}</h2>
        {errors > 0 ? (
          <span className={`${styles.pill} ${styles.bad}`}>{t('checks.errors', { count: errors })}</span>
        ) : null}
        {warnings > 0 ? (
          <span className={`${styles.pill} ${styles.warn}`}>{t('checks.warnings', { count: warnings })}</span>
        ) : null}
      </header>
      <ul>
        {problems.map((problem) => (
          <li
            key={`${problem.code} ${keyOf(problem.place)} ${problem.detail}`}
            className={problem.severity === 'error' ? styles.errorLine : undefined}
          >
            {problem.severity === 'error' ? (
              <CircleX size={18} className={styles.errorMark} aria-hidden="true" />
            ) : (
              <TriangleAlert size={18} className={styles.warningMark} aria-hidden="true" />
            )}
            <span>
              {t(`checks.problems.${problem.code}`, {
                place: problem.placeName || t('texts'),
                detail: problem.detail,
              })}
            </span>
            <Button size="sm" onClick={() => onSelect(problem.place)}>
              {t('checks.show')}
            </Button>
          </li>
        ))}
        {errors === 0 ? (
          <li>
            <CircleCheck size={18} className={styles.fineMark} aria-hidden="true" />
            <span>{t('checks.fine')}</span>
          </li>
        ) : null}
      </ul>
    </section>
  )
}

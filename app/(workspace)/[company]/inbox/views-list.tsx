'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { formatCount } from '@/app/_client/format'
import { useFormats } from '@/app/_client/use-formats'
import { StateMark } from '@/app/_parts/status-ring'
import type { View } from '@/server/conversations/schema'
import { MINE_VIEWS, SHARED_VIEWS, teamColour, type ViewCounts } from './views'
import styles from './views-list.module.css'

export type TeamOfView = { id: string; name: string; colour: number }

type ViewsListProps = {
  current: View
  /** Undefined until the first answer: the names stand already. */
  counts: ViewCounts | undefined
  teams: readonly TeamOfView[]
  hrefOf: (view: View) => string
  onChosen?: () => void
}

/** All views with their live counts: the column at the left, and the menu on the list's title. */
export function ViewsList({ current, counts, teams, hrefOf, onChosen }: ViewsListProps) {
  const t = useTranslations('inbox.views')
  const groups = [
    { key: 'mine', title: t('mineGroup'), entries: MINE_VIEWS },
    { key: 'shared', title: t('teamsGroup'), entries: SHARED_VIEWS },
  ]
  return (
    <nav className={styles.views} aria-label={t('title')}>
      {groups.map(({ key, title, entries }) => (
        <section key={key} className={styles.group}>
          <h2>{title}</h2>
          {entries.map(({ view, name, mark, countOf, isUrgent }) => (
            <ViewLink
              key={view}
              href={hrefOf(view)}
              isCurrent={view === current}
              name={t(name)}
              mark={
                'state' in mark ? (
                  <StateMark state={mark.state} />
                ) : (
                  <mark.icon size={15} aria-hidden="true" />
                )
              }
              count={counts && countOf ? countOf(counts) : undefined}
              isUrgent={isUrgent ?? false}
              onChosen={onChosen}
            />
          ))}
        </section>
      ))}
      {teams.length > 0 ? (
        <section className={styles.group}>
          <h2>{t('areasGroup')}</h2>
          {teams.map(({ id, name, colour }) => (
            <ViewLink
              key={id}
              href={hrefOf(`team:${id}`)}
              isCurrent={current === `team:${id}`}
              name={name}
              mark={<span className={styles.dot} style={{ background: teamColour(colour) }} />}
              count={counts ? (counts.teams[id] ?? 0) : undefined}
              isUrgent={false}
              onChosen={onChosen}
            />
          ))}
        </section>
      ) : null}
    </nav>
  )
}

type ViewLinkProps = {
  href: string
  isCurrent: boolean
  name: string
  mark: React.ReactNode
  count: number | undefined
  isUrgent: boolean
  onChosen: (() => void) | undefined
}

function ViewLink({ href, isCurrent, name, mark, count, isUrgent, onChosen }: ViewLinkProps) {
  const formats = useFormats()
  return (
    <Link
      href={href}
      className={styles.view}
      aria-current={isCurrent ? 'page' : undefined}
      {...(onChosen ? { onClick: onChosen } : {})}
    >
      <span className={styles.mark}>{mark}</span>
      <span className={styles.name}>{name}</span>
      {count === undefined ? null : (
        <span className={isUrgent && count > 0 ? styles.urgent : styles.count}>
          {formatCount(count, formats)}
        </span>
      )}
    </Link>
  )
}

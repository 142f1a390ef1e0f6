'use client'

import { ChevronDown, ChevronsUpDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { initialsOf } from '@/app/_ui/avatar'
import { Menu, type MenuItem } from '@/app/_ui/menu'
import styles from './views-column.module.css'

export type MyAvailability = {
  availability: 'available' | 'away' | 'offline'
  active: number
  capacity: number
}

type ViewsColumnProps = {
  companyName: string
  /** Other companies of this member; none hides the switch. */
  companyItems: MenuItem[]
  mine: MyAvailability | undefined
  onAvailability: (availability: 'available' | 'away') => void
  children: ReactNode
  /** At the foot: a channel that is down. */
  notice?: ReactNode
}

export function ViewsColumn({
  companyName,
  companyItems,
  mine,
  onAvailability,
  children,
  notice,
}: ViewsColumnProps) {
  const t = useTranslations('shell')
  return (
    <aside className={styles.column}>
      <CompanySwitch name={companyName} items={companyItems} label={t('company')} />
      {mine ? <AvailabilityMenu mine={mine} onAvailability={onAvailability} /> : null}
      {children}
      <span className={styles.gap} />
      {notice}
    </aside>
  )
}

function CompanySwitch({ name, items, label }: { name: string; items: MenuItem[]; label: string }) {
  const face = (
    <>
      <span className={styles.logo} aria-hidden="true">
        {initialsOf(name)}
      </span>
      <b className={styles.company}>{name}</b>
    </>
  )
  if (items.length === 0) return <div className={styles.switch}>{face}</div>
  return (
    <Menu
      label={label}
      items={items}
      trigger={(props) => (
        <button type="button" {...props} className={styles.switch}>
          {face}
          <ChevronsUpDown size={14} aria-hidden="true" />
        </button>
      )}
    />
  )
}

type AvailabilityMenuProps = {
  mine: MyAvailability
  onAvailability: (availability: 'available' | 'away') => void
}

/** Whether new chats come to me, and how many I hold. */
function AvailabilityMenu({ mine, onAvailability }: AvailabilityMenuProps) {
  const t = useTranslations('shell.availability')
  const isAvailable = mine.availability === 'available'
  const load = { active: mine.active, capacity: mine.capacity }
  const choices = ['available', 'away'] as const
  return (
    <Menu
      label={t('title')}
      items={choices.map((choice) => ({
        id: choice,
        label: t(choice),
        icon: <span className={`${styles.dot} ${styles[choice]}`} />,
        checked: (choice === 'available') === isAvailable,
        onSelect: () => onAvailability(choice),
      }))}
      trigger={(props) => (
        <button type="button" {...props} className={styles.me}>
          <span className={`${styles.dot} ${isAvailable ? styles.available : styles.away}`} />
          <span className={styles.word}>{t(isAvailable ? 'available' : 'away')}</span>
          <span className={styles.load} title={t('loadSays', load)}>
            {t('load', load)}
          </span>
          <ChevronDown size={14} aria-hidden="true" />
        </button>
      )}
    />
  )
}

'use client'

import { CircleHelp, Command, ListChecks } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useCompany } from '@/app/_client/company'
import { IconButton, Tip } from '@/app/_ui/icon-button'
import { Logo } from '@/app/_ui/logo'
import { VisuallyHidden } from '@/app/_ui/visually-hidden'
import styles from './rail.module.css'
import { roomPath, roomsOf, welcomePath } from './rooms'

export type ChannelHealth = 'fine' | 'warning' | 'down'

type RailProps = {
  company: string
  /** Chats of mine that wait for me. */
  waitingCount: number
  health: ChannelHealth
  /** Something is left of the first steps, and this member may do it. */
  hasGuide: boolean
  onCommands: () => void
  onHelp: () => void
  /** The member's own menu, at the foot. */
  account: ReactNode
}

/** The column at the left; on phones the bar at the bottom. */
export function Rail({ company, waitingCount, health, hasGuide, onCommands, onHelp, account }: RailProps) {
  const t = useTranslations('shell')
  const path = usePathname()
  return (
    <nav className={styles.rail} aria-label={t('nav.main')} data-shell-rail="">
      <span className={styles.logo}>
        <Logo />
      </span>
      {roomsOf(useCompany().member.role).map(({ key, icon: Icon, goKey, isOnPhone }) => {
        const href = roomPath(company, key)
        const isHere = path === href || path.startsWith(`${href}/`)
        return (
          <Link
            key={key}
            href={href}
            className={`${styles.room} ${isOnPhone ? '' : styles.wideOnly}`}
            aria-current={isHere ? 'page' : undefined}
          >
            <Icon size={20} aria-hidden="true" />
            <span className={styles.name}>{t(`navShort.${key}`)}</span>
            {key === 'inbox' && waitingCount > 0 ? (
              <span className={styles.count}>
                <span aria-hidden="true">{waitingCount > 99 ? '99+' : waitingCount}</span>
                <VisuallyHidden>{t('nav.unread', { count: waitingCount })}</VisuallyHidden>
              </span>
            ) : null}
            {key === 'channels' && health !== 'fine' ? (
              <span className={`${styles.health} ${styles[health]}`}>
                <VisuallyHidden>{t(`health.${health}`)}</VisuallyHidden>
              </span>
            ) : null}
            <Tip
              label={t(`nav.${key}`)}
              keyHint={goKey ? `G ${goKey.toUpperCase()}` : undefined}
              place="right"
            />
          </Link>
        )
      })}
      {hasGuide ? (
        <Link
          href={welcomePath(company)}
          className={`${styles.room} ${styles.wideOnly}`}
          aria-current={path === welcomePath(company) ? 'page' : undefined}
        >
          <ListChecks size={20} aria-hidden="true" />
          <span className={styles.name}>{t('guide')}</span>
          <Tip label={t('guide')} place="right" />
        </Link>
      ) : null}
      <span className={styles.gap} />
      <span className={styles.tools}>
        <IconButton label={t('commands.open')} keyHint="Ctrl K" tip="right" size={40} onClick={onCommands}>
          <Command size={18} aria-hidden="true" />
        </IconButton>
        <IconButton label={t('help.open')} keyHint="?" tip="right" size={40} onClick={onHelp}>
          <CircleHelp size={18} aria-hidden="true" />
        </IconButton>
        {account}
      </span>
    </nav>
  )
}

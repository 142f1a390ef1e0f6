'use client'

import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { useCompany } from '@/app/_client/company'
import { useKeys } from '@/app/_client/keys'
import { ToastPlace } from '@/app/_ui/toast'
import type { FirstRun } from '@/server/onboarding/schema'
import { AccountMenu } from './account-menu'
import { ConnectionBar } from './connection-bar'
import { OfflineBar } from './offline-bar'
import { Rail } from './rail'
import { type RoomKey, roomPath, roomsOf } from './rooms'
import { isUnfinished, useFirstRun } from './use-first-run'
import { type ShellNews, useShellNews } from './use-shell-news'
import styles from './workspace-shell.module.css'

// Both load on first use: most days nobody opens either.
const CommandBar = dynamic(() => import('./command-bar').then((module) => module.CommandBar), { ssr: false })
const ShortcutsHelp = dynamic(() => import('./shortcuts-help').then((module) => module.ShortcutsHelp), {
  ssr: false,
})

type WorkspaceShellProps = {
  company: string
  member: { id: string; name: string }
  /** As it was when the page was drawn. */
  news: ShellNews & { firstRun: FirstRun | null }
  children: ReactNode
}

/** The frame around every room: rail, command bar, help, offline and connection bars, toasts. */
export function WorkspaceShell({ company, member, news, children }: WorkspaceShellProps) {
  const t = useTranslations('common')
  const router = useRouter()
  const { role } = useCompany().member
  const { waitingCount, health } = useShellNews(company, news)
  const firstRun = useFirstRun(news.firstRun)
  const hasGuide = firstRun !== null && isUnfinished(firstRun)
  const [commandsOpened, setCommandsOpened] = useState(0)
  const [help, setHelp] = useState<'unused' | 'open' | 'closed'>('unused')

  const openCommands = () => setCommandsOpened((times) => times + 1)
  const openHelp = () => setHelp('open')
  const go = (room: RoomKey) => () => router.push(roomPath(company, room))

  useKeys({
    'mod+k': openCommands,
    '?': openHelp,
    ...Object.fromEntries(
      roomsOf(role).flatMap(({ key, goKey }) => (goKey ? [[`g ${goKey}`, go(key)]] : [])),
    ),
  })

  return (
    <div className={styles.frame}>
      <a href="#room" className={styles.skip}>
        {t('skipToContent')}
      </a>
      <Rail
        company={company}
        waitingCount={waitingCount}
        health={health}
        hasGuide={hasGuide}
        onCommands={openCommands}
        onHelp={openHelp}
        account={<AccountMenu company={company} member={member} />}
      />
      <div className={styles.room} id="room" tabIndex={-1}>
        <OfflineBar />
        <ConnectionBar />
        <div className={styles.inside}>{children}</div>
      </div>
      {commandsOpened > 0 ? (
        <CommandBar company={company} openedTimes={commandsOpened} hasGuide={hasGuide} onHelp={openHelp} />
      ) : null}
      {help === 'unused' ? null : (
        <ShortcutsHelp isOpen={help === 'open'} onClose={() => setHelp('closed')} />
      )}
      <ToastPlace />
    </div>
  )
}

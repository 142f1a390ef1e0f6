'use client'

import { Clock } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useNow } from '@/app/_client/now'
import { useSpan } from '@/app/_client/use-formats'
import type { ConversationRow } from '@/server/conversations/schema'
import styles from './chat-status-line.module.css'

type ChatStatusLineProps = {
  row: Pick<
    ConversationRow,
    'state' | 'subState' | 'waitingSince' | 'lastMessageAt' | 'resolvedAt' | 'teamName'
  >
}

/** Under the name: how the chat stands, in words, with the time that matters for it. */
export function ChatStatusLine({ row }: ChatStatusLineProps) {
  const t = useTranslations('inbox')
  const now = useNow()
  const span = useSpan()
  const words = (since: Date | null, key: 'waits' | 'answered' | 'resolved') => {
    const passed = now - (since?.getTime() ?? now)
    return passed < 60_000 ? t(`wait.${key}Now`) : t(`wait.${key}`, { span: span(passed) })
  }
  return (
    <span className={`${styles.line} ${styles[row.state]}`}>
      {row.state === 'pending' ? <Clock size={13} aria-hidden="true" /> : null}
      {row.state === 'pending' ? words(row.waitingSince, 'waits') : null}
      {row.state === 'follow-up' ? words(row.lastMessageAt, 'answered') : null}
      {row.state === 'resolved' ? words(row.resolvedAt, 'resolved') : null}
      {row.state === 'open' ? (row.subState ? t(`subState.${row.subState}`) : t('wait.open')) : null}
      {row.teamName ? <span className={styles.team}> · {row.teamName}</span> : null}
    </span>
  )
}

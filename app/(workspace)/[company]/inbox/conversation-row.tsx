'use client'

import { Bot, Check, StickyNote } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { memo, type ReactNode } from 'react'
import { writeName } from '@/app/_client/phone-number'
import { StatusRing } from '@/app/_parts/status-ring'
import { Ticks } from '@/app/_parts/ticks'
import { ResolvedWord, WaitTime } from '@/app/_parts/wait-time'
import { Avatar, initialsOf } from '@/app/_ui/avatar'
import { IconButton } from '@/app/_ui/icon-button'
import { VisuallyHidden } from '@/app/_ui/visually-hidden'
import type { ConversationRow as Row } from '@/server/conversations/schema'
import styles from './conversation-row.module.css'
import { useSwipe } from './use-swipe'

type ConversationRowProps = {
  row: Row
  href: string
  isSelected: boolean
  /** The one row that Tab reaches. */
  isTabStop: boolean
  goalSeconds: number
  onOpen: (id: string) => void
  onResolve: ((row: Row) => void) | undefined
}

/** Two lines, one height, no separators: who, how long, what was said last, how much is unread, whose. */
export const ConversationRow = memo(function ConversationRow({
  row,
  href,
  isSelected,
  isTabStop,
  goalSeconds,
  onOpen,
  onResolve,
}: ConversationRowProps) {
  const t = useTranslations('inbox')
  const isUnread = row.unreadCount > 0
  const canResolve = row.state !== 'resolved' && onResolve !== undefined
  const resolve = canResolve ? () => onResolve(row) : undefined
  const swipe = useSwipe(resolve)
  return (
    <div className={styles.frame} data-selected={isSelected || undefined} data-unread={isUnread || undefined}>
      {canResolve ? (
        <span className={styles.behind} aria-hidden="true">
          <Check size={20} />
          {t('list.swipeResolve')}
        </span>
      ) : null}
      <div className={styles.row} {...swipe}>
        <StatusRing
          state={row.state}
          contact={{ id: row.contactId, initials: initialsOf(row.contactName) }}
          channelKind={row.channelKind}
        />
        <div className={styles.words}>
          <div className={styles.line}>
            <Link
              href={href}
              className={styles.name}
              tabIndex={isTabStop ? 0 : -1}
              aria-current={isSelected ? 'true' : undefined}
              prefetch={false}
              onClick={(event) => {
                // A new tab is the browser's business.
                if (event.metaKey || event.ctrlKey || event.shiftKey) return
                event.preventDefault()
                onOpen(row.id)
              }}
            >
              {writeName(row.contactName)}
            </Link>
            <span className={styles.time}>
              {row.state === 'resolved' ? (
                <ResolvedWord />
              ) : (
                <WaitTime
                  since={row.waitingSince ?? row.lastMessageAt}
                  goalSeconds={row.state === 'pending' ? goalSeconds : undefined}
                />
              )}
            </span>
          </div>
          <div className={styles.line}>
            <Preview row={row} />
            <Unread count={row.unreadCount} />
            {row.assigneeId && row.assigneeName ? (
              <Avatar
                id={row.assigneeId}
                initials={initialsOf(row.assigneeName)}
                name={t('list.assignedTo', { name: row.assigneeName })}
              />
            ) : null}
          </div>
        </div>
        {resolve ? (
          <span className={styles.actions}>
            <IconButton
              label={t('actions.resolve')}
              keyHint="E"
              tip="bottom-end"
              size={28}
              tabIndex={-1}
              onClick={resolve}
            >
              <Check size={17} aria-hidden="true" />
            </IconButton>
          </span>
        ) : null}
      </div>
    </div>
  )
})

function Preview({ row }: { row: Row }) {
  const t = useTranslations('inbox.row')
  const { preview, subState } = row
  if (subState === 'menu' || subState === 'abandoned') {
    const words = row.optionLabel ? t('menuOption', { option: row.optionLabel }) : t('menu')
    return (
      <PreviewLine icon={<Bot size={14} />}>{subState === 'abandoned' ? t('abandoned') : words}</PreviewLine>
    )
  }
  if (subState === 'line' && row.optionLabel) {
    return <PreviewLine icon={<Bot size={14} />}>{t('line', { option: row.optionLabel })}</PreviewLine>
  }
  if (preview.direction === 'note') {
    return <PreviewLine icon={<StickyNote size={14} />}>{t('noteSaid', { text: preview.text })}</PreviewLine>
  }
  const status = preview.direction === 'out' ? preview.status : null
  return (
    <PreviewLine icon={status ? <Ticks status={status} /> : null}>
      {preview.text || t('noPreview')}
    </PreviewLine>
  )
}

function PreviewLine({ icon, children }: { icon: ReactNode; children: string }) {
  return (
    <>
      {icon ? <span className={styles.icon}>{icon}</span> : null}
      <span className={styles.preview}>{children}</span>
    </>
  )
}

function Unread({ count }: { count: number }) {
  const t = useTranslations('inbox.list')
  if (count === 0) return null
  return (
    <span className={count === 1 ? styles.dot : styles.count}>
      {count === 1 ? null : <span aria-hidden="true">{count > 99 ? '99+' : count}</span>}
      <VisuallyHidden>{t('unread', { count })}</VisuallyHidden>
    </span>
  )
}

'use client'

import { ArrowDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type UIEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useFormats } from '@/app/_client/use-formats'
import { useOnline } from '@/app/_client/use-online'
import { DayChip } from '@/app/_parts/day-chip'
import { Button } from '@/app/_ui/button'
import type { ThreadMessage as Message, ThreadEvent } from '@/server/conversations/schema'
import { EventLine } from './event-line'
import styles from './thread-body.module.css'
import { layOutThread } from './thread-items'
import { ThreadMessage } from './thread-message'
import type { useOlderMessages } from './use-older-messages'

/** Items drawn at first and added at each step upwards: a chat of thousands opens as fast as one of fifty. */
const WINDOW = 80
/** Px from the upper end at which more is drawn or asked for. */
const NEAR_TOP = 600
/** Px from the lower end within which a reader counts as being at the newest message. */
const NEAR_BOTTOM = 80

type ThreadBodyProps = {
  contactName: string
  channelName: string
  memberId: string
  messages: readonly Message[]
  events: readonly ThreadEvent[]
  /** As it was when the chat was opened; it does not shrink while reading. */
  unreadCount: number
  hasOlder: boolean
  older: ReturnType<typeof useOlderMessages>
  onRetry: (messageId: string) => void
}

/**
 * The messages, newest at the bottom. The scroller is a reversed column, so the browser itself keeps the lower
 * end in place when older messages are added above or a new one arrives below.
 */
export function ThreadBody({
  contactName,
  channelName,
  memberId,
  messages,
  events,
  unreadCount,
  hasOlder,
  older,
  onRetry,
}: ThreadBodyProps) {
  const t = useTranslations('inbox.thread')
  const formats = useFormats()
  const isOffline = !useOnline()
  const scroller = useRef<HTMLDivElement>(null)
  const [drawn, setDrawn] = useState(WINDOW)
  const [isAtBottom, setAtBottom] = useState(true)
  const [seenId, setSeenId] = useState<string | undefined>(undefined)

  const items = useMemo(
    () => layOutThread({ messages, events, unreadCount }, formats),
    [messages, events, unreadCount, formats],
  )
  const isWhole = drawn >= items.length && !hasOlder
  const newest = messages.at(-1)
  const newestId = newest?.id
  const isNewestOurs = newest !== undefined && newest.direction !== 'in'

  useEffect(() => {
    if (isAtBottom) setSeenId(newestId)
    // What I write myself I want to see.
    else if (newestId && isNewestOurs) scroller.current?.scrollTo({ top: 0 })
  }, [isAtBottom, newestId, isNewestOurs])

  const onScroll = ({ currentTarget }: UIEvent<HTMLDivElement>) => {
    // In a reversed column the newest end is 0 and everything above it negative.
    const fromBottom = -currentTarget.scrollTop
    setAtBottom(fromBottom < NEAR_BOTTOM)
    if (fromTopOf(currentTarget) < NEAR_TOP) showMore()
  }

  const showMore = () => {
    if (drawn < items.length) setDrawn(drawn + WINDOW)
    else if (hasOlder && !older.isLoading) older.load()
  }

  // At the upper end nothing scrolls any more, so a page that added nothing new must ask for the next by itself. One
  // that failed is asked for again by the reader.
  const isWaiting = older.isLoading || older.hasFailed
  useEffect(() => {
    if (isWaiting || isAtBottom || isWhole || !scroller.current) return
    if (fromTopOf(scroller.current) < NEAR_TOP) showMore()
  })

  /** A quoted message above what is drawn is drawn first; one that is not loaded stays where it is. */
  const jumpTo = useCallback(
    (messageId: string) => {
      const place = items.findIndex((item) => item.kind === 'message' && item.message.id === messageId)
      if (place < 0) return
      setDrawn((count) => Math.max(count, items.length - place))
      requestAnimationFrame(() => {
        const bubble = scroller.current?.querySelector(`[data-message="${CSS.escape(messageId)}"]`)
        if (!(bubble instanceof HTMLElement)) return
        bubble.scrollIntoView({ block: 'center' })
        bubble.focus({ preventScroll: true })
      })
    },
    [items],
  )

  const seenIndex = messages.findIndex(({ id }) => id === seenId)
  const newBelow = isAtBottom || seenIndex < 0 ? 0 : messages.length - 1 - seenIndex

  return (
    <div className={styles.frame}>
      <div ref={scroller} className={styles.scroller} onScroll={onScroll}>
        <div className={styles.messages} role="log" aria-label={t('messages')}>
          {isWhole ? (
            <p className={styles.beginning}>{t('beginning')}</p>
          ) : (
            <Button look="ghost" size="sm" className={styles.older ?? ''} onClick={showMore}>
              {t('older')}
            </Button>
          )}
          {items.slice(-drawn).map((item) => {
            switch (item.kind) {
              case 'day':
                return <DayChip key={item.key} date={item.date} />
              case 'unread':
                return (
                  <div key={item.key} className={styles.unread}>
                    <span>{t('unread', { count: item.count })}</span>
                  </div>
                )
              case 'events':
                return <EventLine key={item.key} events={item.events} memberId={memberId} />
              case 'message':
                return (
                  <ThreadMessage
                    key={item.key}
                    contactName={contactName}
                    onJump={jumpTo}
                    message={item.message}
                    isFirst={item.isFirst}
                    showsAuthor={item.showsAuthor}
                    channelName={channelName}
                    waitsForInternet={isOffline}
                    onRetry={onRetry}
                  />
                )
              default:
                return item satisfies never
            }
          })}
        </div>
      </div>
      {isAtBottom ? null : (
        <button
          type="button"
          className={styles.toNewest}
          aria-label={`${t('toNewest')}: ${contactName}`}
          onClick={() => scroller.current?.scrollTo({ top: 0, behavior: 'smooth' })}
        >
          {newBelow > 0 ? t('newBelow', { count: newBelow }) : null}
          <ArrowDown size={16} aria-hidden="true" />
        </button>
      )}
    </div>
  )
}

/** Px above what is in sight. In a reversed column the newest end is 0 and everything above it negative. */
const fromTopOf = ({ scrollHeight, clientHeight, scrollTop }: HTMLElement): number =>
  scrollHeight - clientHeight + scrollTop

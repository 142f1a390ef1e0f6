'use client'

import { ChevronDown, ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { formatTime } from '@/app/_client/format'
import { useFormats } from '@/app/_client/use-formats'
import type { ThreadEvent } from '@/server/conversations/schema'
import styles from './event-line.module.css'
import { useEventWords } from './event-words'
import { readChoice } from './routing-choice'
import { WhyCard } from './why-card'

/** What happened between two messages, folded to one line. One event alone is said whole. */
export function EventLine({ events, memberId }: { events: readonly ThreadEvent[]; memberId: string }) {
  const t = useTranslations('inbox.thread')
  const wordsOf = useEventWords()
  const formats = useFormats()
  const [isOpen, setOpen] = useState(false)
  const list = events.map(wordsOf).join(', ')

  if (events.length === 1 && events[0] && !readChoice(events[0].data)) {
    return <p className={styles.line}>{list}</p>
  }
  const Chevron = isOpen ? ChevronDown : ChevronRight
  return (
    <div className={styles.fold}>
      <button type="button" className={styles.line} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Chevron size={14} aria-hidden="true" />
        <span className={styles.summary}>
          {events.length === 1 ? list : t('events', { count: events.length, list })}
        </span>
      </button>
      {isOpen ? (
        <ul className={styles.list}>
          {events.map((event) => (
            <li key={event.id}>
              <time dateTime={event.at.toISOString()}>{formatTime(event.at, formats)}</time>
              {wordsOf(event)}
            </li>
          ))}
        </ul>
      ) : null}
      {isOpen
        ? events.map((event) => {
            const choice = readChoice(event.data)
            return choice ? (
              <WhyCard key={event.id} choice={choice} teamName={event.teamName} memberId={memberId} />
            ) : null
          })
        : null}
    </div>
  )
}

'use client'

import { Check } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { waitLevel } from '@/app/_client/format'
import { useNow } from '@/app/_client/now'
import { useSpan } from '@/app/_client/use-formats'
import styles from './wait-time.module.css'

type WaitTimeProps = {
  since: Date
  /** Seconds; given for a customer who waits: over it the time turns amber, over twice it red. */
  goalSeconds?: number | undefined
}

/** How long ago, moving on by itself: "12 min", "1 h 20". */
export function WaitTime({ since, goalSeconds }: WaitTimeProps) {
  const passed = useNow() - since.getTime()
  const span = useSpan()
  const level = goalSeconds === undefined ? 'plain' : waitLevel(passed, goalSeconds)
  return (
    <time className={`${styles.time} ${styles[level]}`} dateTime={since.toISOString()}>
      {span(passed)}
    </time>
  )
}

/** The word in the place of the time once a chat is resolved. */
export function ResolvedWord() {
  const t = useTranslations('inbox.list')
  return (
    <span className={`${styles.time} ${styles.done}`}>
      <Check size={14} aria-hidden="true" />
      {t('resolvedWord')}
    </span>
  )
}

'use client'

import { useTranslations } from 'next-intl'
import type { ThreadMessage } from '@/server/conversations/schema'
import styles from './quote-block.module.css'
import { useKindName } from './use-kind-name'

type QuoteBlockProps = {
  quote: NonNullable<ThreadMessage['quote']>
  contactName: string
  /** Absent when the message is not known here any more. */
  onJump: (() => void) | undefined
}

/** The message that this one answers; a press leads to it. */
export function QuoteBlock({ quote, contactName, onJump }: QuoteBlockProps) {
  const t = useTranslations('inbox.message')
  const nameOf = useKindName()
  const words = (
    <>
      <b>{quote.fromCustomer ? contactName : t('ours')}</b>
      <span>{quote.text === '' ? nameOf(quote.kind) : quote.text}</span>
    </>
  )
  if (!onJump) return <div className={styles.quote}>{words}</div>
  return (
    <button type="button" className={styles.quote} aria-label={t('toQuoted')} onClick={onJump}>
      {words}
    </button>
  )
}

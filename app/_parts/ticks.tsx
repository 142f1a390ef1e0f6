import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { MessageStatus } from '@/server/conversations/schema'
import styles from './ticks.module.css'

/** How far a message of ours got: clock, one, two, two blue, a circled "!". */
export function Ticks({ status }: { status: MessageStatus }) {
  const t = useTranslations('inbox.ticks')
  const label = t(status)
  switch (status) {
    case 'queued':
      return (
        <svg className={styles.clock} viewBox="0 0 12 12" fill="none" role="img" aria-label={label}>
          <circle cx="6" cy="6" r="4.8" />
          <path d="M6 3.5V6l1.6 1" />
        </svg>
      )
    case 'sent':
      return (
        <svg className={styles.one} viewBox="0 0 11 11" fill="none" role="img" aria-label={label}>
          <path d="M1 6l2.8 2.8L10 2.5" />
        </svg>
      )
    case 'delivered':
    case 'read':
      return (
        <svg
          className={`${styles.two} ${status === 'read' ? styles.read : ''}`}
          viewBox="0 0 16 11"
          fill="none"
          role="img"
          aria-label={label}
        >
          <path d="M1 6l2.8 2.8L10 2.5M7 8l.8.8L14.8 2.5" />
        </svg>
      )
    case 'failed':
      return <CircleAlert className={styles.failed} size={13} role="img" aria-label={label} />
    default:
      return status satisfies never
  }
}

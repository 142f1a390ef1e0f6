import { useTranslations } from 'next-intl'
import type { ConversationState } from '@/server/conversations/schema'
import styles from './state-pill.module.css'

/** The state as a word on its tint. */
export function StatePill({ state }: { state: ConversationState }) {
  const t = useTranslations('inbox.state')
  return <span className={`${styles.pill} ${styles[state]}`}>{t(state)}</span>
}

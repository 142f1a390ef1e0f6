'use client'

import { useTranslations } from 'next-intl'
import type { ThreadMessage } from '@/server/conversations/schema'
import styles from './reactions.module.css'

type ReactionsProps = { reactions: ThreadMessage['reactions']; contactName: string }

/** Emoji on the lower edge of the bubble, each kind once with its number; the names are in the tooltip. */
export function Reactions({ reactions, contactName }: ReactionsProps) {
  const t = useTranslations('inbox.message')
  const counts = new Map<string, string[]>()
  for (const { emoji, kind, name } of reactions) {
    const who = kind === 'customer' ? contactName : kind === 'phone' ? t('phone') : (name ?? t('ours'))
    counts.set(emoji, [...(counts.get(emoji) ?? []), who])
  }
  const words = [...counts].map(([emoji, names]) => `${emoji} ${names.join(', ')}`).join(' · ')
  return (
    <span className={styles.edge} role="img" aria-label={t('reactions', { list: words })} title={words}>
      {[...counts].map(([emoji, names]) => (
        <span key={emoji} className={styles.pill}>
          {emoji}
          {names.length > 1 ? <span>{names.length}</span> : null}
        </span>
      ))}
    </span>
  )
}

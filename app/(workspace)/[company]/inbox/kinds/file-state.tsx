'use client'

import { Clock, FileX, RotateCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ThreadAttachment } from '@/server/conversations/schema'
import styles from './file-state.module.css'

/** In the place of a file that is not here: on its way, to be asked for again, or gone for good. */
export function FileState({ attachment }: { attachment: ThreadAttachment }) {
  const t = useTranslations('inbox.kind')
  // Stored without an address: the address comes with the next reading of the chat.
  const state = attachment.state === 'stored' ? 'waiting' : attachment.state
  const Icon = { waiting: Clock, failed: RotateCw, gone: FileX }[state]
  return (
    <p className={styles.state} data-state={state}>
      <Icon size={16} aria-hidden="true" />
      <span>
        <b>{attachment.kind === 'document' ? attachment.fileName : t(attachment.kind)}</b>
        {t(`file.${state}`)}
      </span>
    </p>
  )
}

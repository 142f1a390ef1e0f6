'use client'

import { Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { formatBytes } from '@/app/_client/format'
import { useFormats } from '@/app/_client/use-formats'
import type { ThreadAttachment } from '@/server/conversations/schema'
import styles from './document-card.module.css'

const TONES: Record<string, string> = {
  pdf: 'red',
  doc: 'blue',
  docx: 'blue',
  odt: 'blue',
  xls: 'green',
  xlsx: 'green',
  csv: 'green',
  ods: 'green',
  ppt: 'amber',
  pptx: 'amber',
}

/** The ending of a name, as the icon shows it: up to four letters. */
const endingOf = (fileName: string): string => /\.([a-z0-9]{1,4})$/i.exec(fileName)?.[1]?.toLowerCase() ?? ''

/** A document: what it is, how heavy, and the way to have it. The server decides what may open in the browser. */
export function DocumentCard({ attachment, url }: { attachment: ThreadAttachment; url: string }) {
  const t = useTranslations('inbox.kind')
  const formats = useFormats()
  const ending = endingOf(attachment.fileName)
  return (
    <a
      className={styles.card}
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={t('openDocument', { name: attachment.fileName })}
    >
      <span className={styles.type} data-tone={TONES[ending]} aria-hidden="true">
        {ending === '' ? '·' : ending.toUpperCase()}
      </span>
      <span className={styles.words}>
        <b>{attachment.fileName}</b>
        <span>{formatBytes(attachment.bytes, formats)}</span>
      </span>
      <Download size={16} aria-hidden="true" />
    </a>
  )
}

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useCompany } from '@/app/_client/company'
import { dayKey, formatMoment, formatTime } from '@/app/_client/format'
import { useFormats } from '@/app/_client/use-formats'
import type { LedgerRow } from '@/server/monitoring/schema'
import styles from './ledger.module.css'

/** One line per message: who, what, and every station of its life. A gap is red. */
export function LedgerTable({ rows }: { rows: readonly LedgerRow[] }) {
  const t = useTranslations('channels.ledger')
  const { slug } = useCompany()
  const formats = useFormats()
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('column.when')}</th>
            <th scope="col">{t('column.who')}</th>
            <th scope="col">{t('column.message')}</th>
            <th scope="col">{t('column.life')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} data-gap={row.isLost || undefined}>
              <td className={styles.when}>
                <time dateTime={row.createdAt.toISOString()}>{formatMoment(row.createdAt, formats)}</time>
                <small>{row.direction === 'in' ? t('in') : t('outMark')}</small>
              </td>
              <td>
                <Link
                  href={`/${slug}/inbox/${row.conversationId}`}
                  aria-label={t('open', { name: row.contactName })}
                >
                  {row.contactName}
                </Link>
              </td>
              <td className={styles.text}>{row.text || t('kindOther')}</td>
              <td>
                <Life row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Life({ row }: { row: LedgerRow }) {
  const t = useTranslations('channels.ledger.life')
  const formats = useFormats()
  /** Stations of the same day need no date. */
  const at = (moment: Date) =>
    dayKey(moment, formats) === dayKey(row.createdAt, formats)
      ? formatTime(moment, formats)
      : formatMoment(moment, formats)
  const stations: { words: string; tone?: 'bad' | 'busy' }[] = []
  if (row.direction === 'in') {
    stations.push({ words: t('stored', { at: at(row.createdAt) }) })
    stations.push(
      row.answeredAt
        ? { words: t('answered', { at: at(row.answeredAt) }) }
        : { words: t('unanswered'), tone: 'busy' },
    )
  } else {
    stations.push({ words: t('written', { at: at(row.createdAt) }) })
    if (row.isLost) stations.push({ words: t('lost'), tone: 'bad' })
    else if (row.attempts !== null)
      stations.push({ words: t('waiting', { count: row.attempts }), tone: 'busy' })
    if (row.sentAt) stations.push({ words: t('sent', { at: at(row.sentAt) }) })
    if (row.deliveredAt) stations.push({ words: t('delivered', { at: at(row.deliveredAt) }) })
    if (row.readAt) stations.push({ words: t('read', { at: at(row.readAt) }) })
    if (row.status === 'failed')
      stations.push({ words: t('failed', { code: row.failureCode ?? '?' }), tone: 'bad' })
  }
  return (
    <ol className={styles.life}>
      {stations.map(({ words, tone }) => (
        <li key={words} data-tone={tone}>
          {words}
        </li>
      ))}
    </ol>
  )
}

import { useTranslations } from 'next-intl'
import { formatMoment } from '@/app/_client/format'
import { useFormats } from '@/app/_client/use-formats'
import type { ChannelMonitor } from '@/server/monitoring/schema'
import styles from './monitor.module.css'

const RESTRICTIONS = ['new-chats', 'refused', 'logged-out'] as const

/** What WhatsApp itself said against the number: its word, since when, and until when if it said so. */
export function LimitsCard({ channel }: { channel: ChannelMonitor['channel'] }) {
  const t = useTranslations('channels.monitor')
  const formats = useFormats()
  if (channel.kind === 'simulator') return null
  const restriction = RESTRICTIONS.find((known) => known === channel.restriction)
  const {
    newChatsUsed: used,
    newChatsTotal: total,
    newChatsUntil,
    restrictedSince,
    restrictedUntil,
  } = channel
  const hasCap = used !== null && total !== null
  return (
    <section className={styles.card}>
      <h2>{t('limits')}</h2>
      {restriction ? (
        <p className={styles.restriction}>
          <b>{t(`restriction.${restriction}`)}</b>
          <span>
            {restrictedSince ? t('since', { at: formatMoment(restrictedSince, formats) }) : null}
            {restrictedUntil ? ` · ${t('until', { at: formatMoment(restrictedUntil, formats) })}` : null}
            {restrictedUntil || restriction === 'logged-out' ? null : ` · ${t('noEnd')}`}
          </span>
        </p>
      ) : hasCap ? null : (
        <p className={styles.quiet}>{t('noLimits')}</p>
      )}
      {hasCap ? (
        <dl className={styles.facts}>
          <div>
            <dt>{t('newChats')}</dt>
            <dd>
              <b>{t('newChatsOf', { used, total })}</b>
              {newChatsUntil ? (
                <small>{t('until', { at: formatMoment(newChatsUntil, formats) })}</small>
              ) : null}
            </dd>
          </div>
        </dl>
      ) : null}
    </section>
  )
}

import { useTranslations } from 'next-intl'
import { useAgo, useFormats } from '@/app/_client/use-formats'
import { FORMAT_TAG } from '@/i18n/locale'
import type { ChannelMonitor } from '@/server/monitoring/schema'
import styles from './monitor.module.css'

/** "98,9 %"; a dash when there is nothing to divide by. What is not all is never rounded up to all. */
export function useShare(): (share: number | null) => string {
  const { locale } = useFormats()
  return (share) => {
    if (share === null) return '—'
    const shown = share < 1 ? Math.min(0.999, share) : 1
    return new Intl.NumberFormat(FORMAT_TAG[locale], { style: 'percent', maximumFractionDigits: 1 }).format(
      shown,
    )
  }
}

/** How much of the wanted time the link was up, how often it came back, and what passes through it now. */
export function UptimeCard({ monitor }: { monitor: ChannelMonitor }) {
  const t = useTranslations('channels.monitor')
  const channels = useTranslations('channels')
  const share = useShare()
  const ago = useAgo()
  const { uptime, lastIn, lastOut, waiting, oldestWaitingAt } = monitor
  return (
    <section className={styles.card}>
      <h2>{t('uptime')}</h2>
      <p className={styles.quiet}>{t('uptimeHelp')}</p>
      <dl className={styles.facts}>
        {(['day', 'week', 'month'] as const).map((window) => (
          <div key={window}>
            <dt>{t(`window.${window}`)}</dt>
            <dd>
              <b>{share(uptime[window].share)}</b>
              <small>{t('reconnects', { count: uptime[window].reconnects })}</small>
            </dd>
          </div>
        ))}
        <div>
          <dt>{channels('lastIn')}</dt>
          <dd>{lastIn ? ago(lastIn.at) : channels('never')}</dd>
        </div>
        <div>
          <dt>{channels('lastOut')}</dt>
          <dd>{lastOut ? ago(lastOut.at) : channels('never')}</dd>
        </div>
        <div>
          <dt>{t('waiting')}</dt>
          <dd>
            {waiting === 0 ? t('none') : <b>{waiting}</b>}
            {oldestWaitingAt ? <small>{t('oldest', { ago: ago(oldestWaitingAt) })}</small> : null}
          </dd>
        </div>
      </dl>
    </section>
  )
}

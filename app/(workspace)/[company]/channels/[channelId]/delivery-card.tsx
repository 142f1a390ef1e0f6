'use client'

import { useQuery } from '@tanstack/react-query'
import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useCompany } from '@/app/_client/company'
import { dayKey, formatCount } from '@/app/_client/format'
import { useTRPC } from '@/app/_client/trpc'
import { useFormats } from '@/app/_client/use-formats'
import type { ChannelMonitor } from '@/server/monitoring/schema'
import styles from './monitor.module.css'
import { lastDays } from './use-monitor'

/** Lost, doubled and waiting, counted when the page asks. */
export function DeliveryCard({ monitor }: { monitor: ChannelMonitor }) {
  const t = useTranslations('channels.monitor')
  const { slug } = useCompany()
  const formats = useFormats()
  const range = lastDays(30, (moment) => dayKey(moment, formats), monitor.now)
  const { data } = useQuery(
    useTRPC().monitoring.ledgerTotals.queryOptions({ channelId: monitor.channel.id, ...range }),
  )
  const number = (count: number | undefined) => (count === undefined ? '—' : formatCount(count, formats))
  return (
    <section className={styles.card}>
      <h2>{t('delivery')}</h2>
      <p className={styles.quiet}>{data ? t('deliveryRange', { count: data.received + data.out }) : ' '}</p>
      <dl className={styles.totals}>
        <div>
          <dt>{t('lost')}</dt>
          <dd data-tone={data && data.lost > 0 ? 'bad' : undefined}>{number(data?.lost)}</dd>
        </div>
        <div>
          <dt>{t('doubled')}</dt>
          <dd data-tone={data && data.doubled > 0 ? 'bad' : undefined}>{number(data?.doubled)}</dd>
        </div>
        <div>
          <dt>{t('inWait')}</dt>
          <dd data-tone={monitor.waiting > 0 ? 'busy' : undefined}>{number(monitor.waiting)}</dd>
        </div>
      </dl>
      <Link href={`/${slug}/channels/${monitor.channel.id}/messages`} className={styles.more}>
        {t('openLedger')}
        <ChevronRight size={14} aria-hidden="true" />
      </Link>
    </section>
  )
}

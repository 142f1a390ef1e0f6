'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { dayKey, formatCount } from '@/app/_client/format'
import { reasonOf } from '@/app/_client/refusal'
import { useTRPC } from '@/app/_client/trpc'
import { useFormats } from '@/app/_client/use-formats'
import { useReason } from '@/app/_client/use-reason'
import { Button } from '@/app/_ui/button'
import { Failure } from '@/app/_ui/failure'
import { TextField } from '@/app/_ui/field'
import { PageFrame } from '@/app/_ui/page-frame'
import type { LedgerFilter, LedgerTotals } from '@/server/monitoring/schema'
import { ChannelTitle } from '../monitor-room'
import { lastDays, useMonitor } from '../use-monitor'
import { JournalCard } from './journal-card'
import styles from './ledger.module.css'
import { LedgerTable } from './ledger-table'

/** A number and the messages behind it. */
const TOTALS: { total: keyof LedgerTotals & Total; opens: LedgerFilter | null; tone?: 'busy' | 'bad' }[] = [
  { total: 'received', opens: null },
  { total: 'stored', opens: 'in' },
  { total: 'answered', opens: null },
  { total: 'out', opens: 'out' },
  { total: 'sent', opens: null },
  { total: 'delivered', opens: null },
  { total: 'waiting', opens: 'waiting', tone: 'busy' },
  { total: 'failed', opens: 'failed', tone: 'bad' },
]
type Total = 'received' | 'stored' | 'answered' | 'out' | 'sent' | 'delivered' | 'waiting' | 'failed'
const FILTERS: LedgerFilter[] = ['all', 'in', 'unanswered', 'out', 'waiting', 'failed', 'lost']

/** The delivery ledger of one number: the counts of some days, and each message with its life. */
export function LedgerRoom({ channelId }: { channelId: string }) {
  const t = useTranslations('channels.ledger')
  const states = useTranslations('states')
  const words = useTranslations('common')
  const sayReason = useReason()
  const formats = useFormats()
  const trpc = useTRPC()
  const [range, setRange] = useState(() => lastDays(7, (moment) => dayKey(moment, formats), new Date()))
  const [filter, setFilter] = useState<LedgerFilter>('all')
  const { data: monitor } = useMonitor(channelId)
  const totals = useQuery(trpc.monitoring.ledgerTotals.queryOptions({ channelId, ...range }))
  const pages = useInfiniteQuery(
    trpc.monitoring.ledger.infiniteQueryOptions(
      { channelId, ...range, filter },
      { getNextPageParam: (page) => page.next },
    ),
  )
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? []
  const refusal = totals.error ? reasonOf(totals.error) : null

  return (
    <PageFrame
      title={monitor ? <ChannelTitle channel={monitor.channel} /> : t('title')}
      remark={monitor ? t('title') : undefined}
    >
      <div className={styles.room}>
        <div className={styles.range}>
          <TextField
            label={t('from')}
            type="date"
            value={range.from}
            max={range.to}
            onChange={({ target }) => target.value && setRange({ ...range, from: target.value })}
          />
          <TextField
            label={t('to')}
            type="date"
            value={range.to}
            min={range.from}
            onChange={({ target }) => target.value && setRange({ ...range, to: target.value })}
          />
          {totals.data ? <Verdict totals={totals.data} /> : null}
        </div>
        {refusal ? <p role="alert">{sayReason(refusal)}</p> : null}
        <dl className={styles.totals}>
          {TOTALS.map(({ total, opens, tone }) => {
            const count = totals.data?.[total]
            const shown = count === undefined ? '—' : formatCount(count, formats)
            return (
              <div key={total}>
                <dt>{t(`total.${total}`)}</dt>
                <dd data-tone={tone && count ? tone : undefined}>
                  {opens && count ? (
                    <button type="button" onClick={() => setFilter(opens)}>
                      {shown}
                    </button>
                  ) : (
                    shown
                  )}
                </dd>
              </div>
            )
          })}
        </dl>
        <JournalCard channelId={channelId} />
        <details className={styles.how}>
          <summary>{t('how')}</summary>
          <p>{t('lead')}</p>
          <p>{t('howText')}</p>
        </details>
        <fieldset className={styles.filters}>
          <legend className={styles.hidden}>{t('title')}</legend>
          {FILTERS.map((each) => (
            <button key={each} type="button" aria-pressed={each === filter} onClick={() => setFilter(each)}>
              {t(`filter.${each}`)}
            </button>
          ))}
        </fieldset>
        {pages.isError ? (
          refusal ? null : (
            <Failure
              title={states('error.title')}
              retryLabel={words('retry')}
              onRetry={() => void pages.refetch()}
            >
              {states('error.text')}
            </Failure>
          )
        ) : pages.isPending ? (
          <p role="status">{words('loading')}</p>
        ) : rows.length === 0 ? (
          <p className={styles.empty}>
            {filter === 'all' ? t('empty') : t('emptyFilter')}{' '}
            {filter === 'all' ? null : <Button onClick={() => setFilter('all')}>{t('clear')}</Button>}
          </p>
        ) : (
          <LedgerTable rows={rows} />
        )}
        {pages.hasNextPage ? (
          <Button onClick={() => void pages.fetchNextPage()} disabled={pages.isFetchingNextPage}>
            {t('more')}
          </Button>
        ) : null}
      </div>
    </PageFrame>
  )
}

/** "0 perdidos, 0 duplicados", counted for these days. */
function Verdict({ totals: { lost, doubled, putAside } }: { totals: LedgerTotals }) {
  const t = useTranslations('channels.ledger')
  const isSound = lost === 0 && doubled === 0 && putAside === 0
  return (
    <p className={styles.verdict} data-tone={isSound ? 'good' : 'bad'} role="status">
      {isSound ? <ShieldCheck size={18} aria-hidden="true" /> : <ShieldAlert size={18} aria-hidden="true" />}
      {t('verdict', { lost, doubled })}
    </p>
  )
}

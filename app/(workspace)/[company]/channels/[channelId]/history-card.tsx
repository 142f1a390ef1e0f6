'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import {
  ArrowDownLeft,
  ArrowUpRight,
  EarOff,
  type LucideIcon,
  Pause,
  Plug,
  PlugZap,
  QrCode,
  RotateCw,
  ShieldAlert,
  Unplug,
} from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { dayKey, formatShortDate, formatTime } from '@/app/_client/format'
import { useNow } from '@/app/_client/now'
import { useTRPC } from '@/app/_client/trpc'
import { useFormats, useSpan } from '@/app/_client/use-formats'
import { Button } from '@/app/_ui/button'
import { Segmented } from '@/app/_ui/segmented'
import { foldHistory, type HistoryEntry } from '@/server/monitoring/rules'
import type { ChannelMonitor, LastMessage } from '@/server/monitoring/schema'
import { Why } from '../why'
import styles from './monitor.module.css'

type What = HistoryEntry['what'] | 'lastIn' | 'lastOut'
type Line = { id: string; what: What; at: Date; entry?: HistoryEntry; message?: LastMessage }
type Filter = 'all' | 'drops' | 'changes'

const LOOK: Record<What, { icon: LucideIcon; tone: 'good' | 'busy' | 'bad' | 'quiet' }> = {
  dropped: { icon: Unplug, tone: 'bad' },
  restarted: { icon: RotateCw, tone: 'quiet' },
  back: { icon: PlugZap, tone: 'good' },
  linked: { icon: Plug, tone: 'good' },
  silent: { icon: EarOff, tone: 'busy' },
  paused: { icon: Pause, tone: 'quiet' },
  scan: { icon: QrCode, tone: 'bad' },
  'logged-out': { icon: Unplug, tone: 'bad' },
  replaced: { icon: Unplug, tone: 'bad' },
  banned: { icon: ShieldAlert, tone: 'bad' },
  'version-refused': { icon: ShieldAlert, tone: 'bad' },
  disconnected: { icon: Unplug, tone: 'bad' },
  lastIn: { icon: ArrowDownLeft, tone: 'quiet' },
  lastOut: { icon: ArrowUpRight, tone: 'quiet' },
}

/** What happened to the link, newest first, with the last message each way in its place. */
export function HistoryCard({ monitor }: { monitor: ChannelMonitor }) {
  const t = useTranslations('channels.monitor')
  const [filter, setFilter] = useState<Filter>('all')
  const pages = useInfiniteQuery(
    useTRPC().monitoring.changes.infiniteQueryOptions(
      { channelId: monitor.channel.id },
      { getNextPageParam: (page) => page.next },
    ),
  )
  const lines = linesOf(
    foldHistory(pages.data?.pages.flatMap(({ changes }) => changes) ?? []),
    monitor,
  ).filter(({ what }) => isShown(what, filter))
  return (
    <section className={styles.card}>
      <div className={styles.cardHead}>
        <h2>{t('history')}</h2>
        <Segmented
          label={t('filter')}
          value={filter}
          onChange={setFilter}
          choices={[
            { value: 'all', label: t('all') },
            { value: 'drops', label: t('drops') },
            { value: 'changes', label: t('changes') },
          ]}
        />
      </div>
      {lines.length === 0 && !pages.isPending ? <p className={styles.quiet}>{t('empty')}</p> : null}
      <ol className={styles.timeline} aria-busy={pages.isPending}>
        {lines.map((line) => (
          <TimelineLine key={line.id} line={line} />
        ))}
      </ol>
      {pages.hasNextPage ? (
        <Button onClick={() => void pages.fetchNextPage()} disabled={pages.isFetchingNextPage}>
          {t('more')}
        </Button>
      ) : null}
    </section>
  )
}

function isShown(what: What, filter: Filter): boolean {
  if (filter === 'all') return true
  const isDrop = LOOK[what].tone === 'bad' || what === 'silent' || what === 'back'
  return filter === 'drops' ? isDrop : !isDrop && what !== 'lastIn' && what !== 'lastOut'
}

function linesOf(entries: readonly HistoryEntry[], { lastIn, lastOut }: ChannelMonitor): Line[] {
  const lines: Line[] = entries.map((entry) => ({ id: entry.id, what: entry.what, at: entry.at, entry }))
  if (lastIn) lines.push({ id: 'in', what: 'lastIn', at: lastIn.at, message: lastIn })
  if (lastOut) lines.push({ id: 'out', what: 'lastOut', at: lastOut.at, message: lastOut })
  return lines.sort((a, b) => b.at.getTime() - a.at.getTime())
}

function TimelineLine({ line: { what, at, entry, message } }: { line: Line }) {
  const t = useTranslations('channels.monitor')
  const channels = useTranslations('channels')
  const when = useWhen()
  const { icon: Icon, tone } = LOOK[what]
  return (
    <li>
      <time dateTime={at.toISOString()}>{when(at)}</time>
      <span className={styles.mark} data-tone={tone}>
        <Icon size={15} aria-hidden="true" />
      </span>
      <span className={styles.what}>
        <b>{t(`what.${what}`)}</b>
        <span>
          {message
            ? t(what === 'lastIn' ? 'quote' : 'to', { name: message.contactName, text: message.text })
            : null}
          {entry ? <Why reason={entry.reason} /> : null}
          {entry && entry.code !== null ? ` ${channels('history.code', { code: entry.code })}` : null}
        </span>
      </span>
      {entry ? <Lasted entry={entry} /> : null}
    </li>
  )
}

/** How long it lasted, or lasts. */
function Lasted({ entry: { what, at, until } }: { entry: HistoryEntry }) {
  const t = useTranslations('channels.monitor')
  const span = useSpan()
  const now = useNow()
  if (what === 'linked' || what === 'restarted') return null
  if (what === 'back') {
    return until ? <span className={styles.pill}>{t('away', { span: length(at, until, span) })}</span> : null
  }
  if (until) return null
  return (
    <span className={styles.pill} data-tone={LOOK[what].tone}>
      {t('inCourse', { span: span(now - at.getTime()) })}
    </span>
  )
}

/** A drop of seconds is said in seconds: "ahora" would be no length. */
function length(to: Date, from: Date, span: (milliseconds: number) => string): string {
  const passed = to.getTime() - from.getTime()
  return passed < 60_000 ? `${Math.max(1, Math.round(passed / 1_000))} s` : span(passed)
}

/** "10:06" today, "21 nov, 10:06" otherwise. */
function useWhen(): (moment: Date) => string {
  const formats = useFormats()
  const now = new Date(useNow())
  return (moment) =>
    dayKey(moment, formats) === dayKey(now, formats)
      ? formatTime(moment, formats)
      : `${formatShortDate(moment, formats)}, ${formatTime(moment, formats)}`
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { formatMoment } from '@/app/_client/format'
import { useTRPC } from '@/app/_client/trpc'
import { useFormats } from '@/app/_client/use-formats'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import type { ChannelSummary } from '@/server/channels/schema'
import styles from './connect-dialog.module.css'
import { StateChip } from './state-chip'
import { readState } from './state-look'

type HistoryDialogProps = { channel: ChannelSummary; onClose: () => void }

/** What happened to a channel's link, newest first. */
export function HistoryDialog({ channel, onClose }: HistoryDialogProps) {
  const t = useTranslations('channels')
  const words = useTranslations('common')
  const errors = useTranslations('errors')
  const formats = useFormats()
  const { data, isError, refetch } = useQuery(
    useTRPC().channels.history.queryOptions({ channelId: channel.id }, { staleTime: 0 }),
  )

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('history.title', { channel: channel.name })}
      closeLabel={words('close')}
      size={560}
    >
      {data ? (
        data.length === 0 ? (
          <p className={styles.quiet}>{t('history.empty')}</p>
        ) : (
          <ol className={styles.timeline}>
            {data.map((change) => (
              <li key={change.id}>
                <time dateTime={change.at.toISOString()}>{formatMoment(change.at, formats)}</time>
                <StateChip state={readState(change.state)} isPhone={channel.kind === 'simulator'} />
                <span>
                  <Why reason={change.reason} />
                  {change.code === null ? null : (
                    <span className={styles.code}>{t('history.code', { code: change.code })}</span>
                  )}
                </span>
              </li>
            ))}
          </ol>
        )
      ) : isError ? (
        <p role="alert">
          {errors('somethingWentWrong')} <Button onClick={() => void refetch()}>{words('retry')}</Button>
        </p>
      ) : (
        <p className={styles.quiet} role="status">
          {words('loading')}
        </p>
      )}
    </Dialog>
  )
}

const REASONS = [
  'scanned',
  'connection-lost',
  'restart-required',
  'removed-on-phone',
  'refused-by-whatsapp',
  'used-elsewhere',
  'multi-device-off',
  'bad-session',
  'nobody-scanned',
] as const

/** The reason in words; one that has none stays unsaid, because the state already says what matters. */
export function Why({ reason }: { reason: string | null }) {
  const t = useTranslations('channels.reason')
  const known = REASONS.find((candidate) => candidate === reason)
  return known ? t(known) : null
}

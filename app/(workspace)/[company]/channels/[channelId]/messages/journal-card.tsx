'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useCompany } from '@/app/_client/company'
import { formatMoment } from '@/app/_client/format'
import { reasonOf } from '@/app/_client/refusal'
import { useTRPC } from '@/app/_client/trpc'
import { useFormats } from '@/app/_client/use-formats'
import { useReason } from '@/app/_client/use-reason'
import { Button } from '@/app/_ui/button'
import { showToast } from '@/app/_ui/toast'
import styles from './ledger.module.css'

/** What came in and could not be stored yet; absent when there is nothing. What was put aside may be taken up again. */
export function JournalCard({ channelId }: { channelId: string }) {
  const t = useTranslations('channels.ledger')
  const { member } = useCompany()
  const formats = useFormats()
  const sayReason = useReason()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { data } = useQuery(trpc.monitoring.journal.queryOptions({ channelId }))
  const retake = useMutation(
    trpc.monitoring.retakeEntry.mutationOptions({
      onError: (error) => void showToast({ message: sayReason(reasonOf(error)), tone: 'bad' }),
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.monitoring.pathKey() }),
    }),
  )
  if (!data || data.length === 0) return null
  const mayRetake = member.role === 'owner' || member.role === 'admin'
  return (
    <section className={styles.journal}>
      <h2>{t('journal')}</h2>
      <p>{t('journalText')}</p>
      <ul>
        {data.map((entry) => (
          <li key={entry.id} data-gap={entry.deadAt ? true : undefined}>
            <span title={entry.lastError ?? undefined}>
              {formatMoment(entry.receivedAt, formats)} ·{' '}
              {entry.deadAt ? t('putAside', { count: entry.attempts }) : t('toStore')}
            </span>
            {entry.deadAt && mayRetake ? (
              <Button
                size="sm"
                icon={<RotateCw size={14} aria-hidden="true" />}
                disabled={retake.isPending}
                onClick={() => retake.mutate({ channelId, entryId: entry.id })}
              >
                {t('retake')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

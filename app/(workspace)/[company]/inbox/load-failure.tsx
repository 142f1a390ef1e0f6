'use client'

import { WifiOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { reasonOf, requestIdOf } from '@/app/_client/refusal'
import { EmptyState } from '@/app/_ui/empty-state'
import { Failure } from '@/app/_ui/failure'

type LoadFailureProps = {
  /** What could not be loaded, as a sentence. */
  title: string
  error: unknown
  onRetry: () => void
}

/** In the place of a list or a chat that did not come: no way to the server, or a fault of the server with its code. */
export function LoadFailure({ title, error, onRetry }: LoadFailureProps) {
  const t = useTranslations('inbox.error')
  const words = useTranslations('common')
  const code = requestIdOf(error)
  return (
    <Failure
      title={title}
      retryLabel={words('retry')}
      onRetry={onRetry}
      code={code ? { value: code, label: t('copyCode') } : undefined}
    >
      {t(reasonOf(error) === 'network' ? 'network' : 'server')}
    </Failure>
  )
}

/** What was never loaded and cannot be now: this computer is offline. It loads by itself when that ends. */
export function OfflineInstead() {
  const t = useTranslations('inbox.error')
  return (
    <EmptyState icon={<WifiOff size={20} />} title={t('offline')}>
      {t('offlineText')}
    </EmptyState>
  )
}

'use client'

import { useTranslations } from 'next-intl'
import { Failure } from '@/app/_ui/failure'

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void }

/** A room that failed: the rail stays, so that the way out is at hand. */
export default function RoomError({ error, reset }: ErrorPageProps) {
  const t = useTranslations()
  const { digest } = error
  return (
    <Failure
      title={t('states.error.title')}
      retryLabel={t('common.retry')}
      onRetry={reset}
      code={digest ? { value: digest, label: t('states.error.copyCode', { code: digest }) } : undefined}
    >
      {t('states.error.text')}
    </Failure>
  )
}

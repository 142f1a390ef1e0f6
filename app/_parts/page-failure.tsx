'use client'

import { useTranslations } from 'next-intl'
import { Failure } from '@/app/_ui/failure'

/** What Next hands to an error file; the digest leads to the line in the log. */
export type PageFailureProps = { error: Error & { digest?: string }; reset: () => void }

/** A page that could not be drawn, with a way to try again. */
export function PageFailure({ error, reset }: PageFailureProps) {
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

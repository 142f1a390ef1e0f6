'use client'

import { useTranslations } from 'next-intl'
import { Failure } from '@/app/_ui/failure'
import styles from './whole-page.module.css'

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void }

/** When even the frame of the workspace cannot be drawn. */
export default function WorkspaceError({ error, reset }: ErrorPageProps) {
  const t = useTranslations()
  const { digest } = error
  return (
    <main className={styles.page}>
      <Failure
        title={t('states.error.title')}
        retryLabel={t('common.retry')}
        onRetry={reset}
        code={digest ? { value: digest, label: t('states.error.copyCode', { code: digest }) } : undefined}
      >
        {t('states.error.text')}
      </Failure>
    </main>
  )
}

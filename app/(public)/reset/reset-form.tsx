'use client'

import { MailCheck } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { TextField } from '@/app/_ui/field'
import styles from '../form.module.css'
import type { FormOutcome } from '../form-outcome'
import { looksLikeEmail, useForm } from '../use-form'

type ResetFormProps = { onSubmit: (values: { email: string }) => Promise<FormOutcome> }

/** Asks for a link. The answer is the same whether the address has an account or not. */
export function ResetForm({ onSubmit }: ResetFormProps) {
  const t = useTranslations('auth')
  const errors = useTranslations('errors')
  const [sentTo, setSentTo] = useState<string | null>(null)
  const { submit, isBusy, formError, errorAt } = useForm(['email'], {
    check: ({ email }) => (looksLikeEmail(email) ? null : { field: 'email', message: errors('emailWrong') }),
    onSubmit,
    onDone: ({ email }) => setSentTo(email),
  })
  if (sentTo) {
    return (
      <EmptyState
        tone="good"
        icon={<MailCheck size={20} />}
        title={t('reset.sentTitle')}
        actions={
          <Link href="/sign-in" className={styles.link}>
            {t('reset.back')}
          </Link>
        }
      >
        {t('reset.sent', { email: sentTo })}
      </EmptyState>
    )
  }
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <TextField
        label={t('fields.email')}
        name="email"
        type="email"
        autoComplete="username"
        placeholder={t('fields.emailHint')}
        required
        error={errorAt('email')}
      />
      {formError ? (
        <p className={styles.error} role="alert">
          {formError}
        </p>
      ) : null}
      <Button type="submit" look="primary" size="lg" disabled={isBusy}>
        {t('reset.submit')}
      </Button>
    </form>
  )
}

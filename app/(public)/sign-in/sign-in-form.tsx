'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Button } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'
import styles from '../form.module.css'
import type { FormOutcome } from '../form-outcome'
import { PasswordField } from '../password-field'
import { useForm } from '../use-form'

export type SignInValues = { email: string; password: string }

type SignInFormProps = {
  onSubmit: (values: SignInValues) => Promise<FormOutcome>
  onDone: () => void
}

export function SignInForm({ onSubmit, onDone }: SignInFormProps) {
  const t = useTranslations('auth')
  const { submit, isBusy, formError, errorAt } = useForm(['email', 'password'], {
    check: ({ email, password }) => {
      if (email.trim() === '') return { field: 'email', message: t('fields.required') }
      return password === '' ? { field: 'password', message: t('fields.required') } : null
    },
    onSubmit,
    onDone,
  })
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
      <PasswordField
        autoComplete="current-password"
        error={errorAt('password')}
        aside={
          <Link href="/reset" className={styles.link}>
            {t('signIn.forgot')}
          </Link>
        }
      />
      {formError ? (
        <p className={styles.error} role="alert">
          {formError}
        </p>
      ) : null}
      <Button type="submit" look="primary" size="lg" disabled={isBusy}>
        {t('signIn.submit')}
      </Button>
    </form>
  )
}

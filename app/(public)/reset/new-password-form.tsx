'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/app/_ui/button'
import styles from '../form.module.css'
import type { FormOutcome } from '../form-outcome'
import { PasswordField } from '../password-field'
import { SHORTEST_PASSWORD, useForm } from '../use-form'

type NewPasswordFormProps = {
  onSubmit: (values: { password: string }) => Promise<FormOutcome>
  onDone: () => void
}

/** The other end of the link in the reset mail. */
export function NewPasswordForm({ onSubmit, onDone }: NewPasswordFormProps) {
  const t = useTranslations('auth')
  const errors = useTranslations('errors')
  const { submit, isBusy, formError, errorAt } = useForm(['password'], {
    check: ({ password }) =>
      password.length < SHORTEST_PASSWORD ? { field: 'password', message: errors('passwordShort') } : null,
    onSubmit,
    onDone,
  })
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <PasswordField
        autoComplete="new-password"
        help={t('fields.passwordHelp')}
        error={errorAt('password')}
      />
      {formError ? (
        <p className={styles.error} role="alert">
          {formError}
        </p>
      ) : null}
      <Button type="submit" look="primary" size="lg" disabled={isBusy}>
        {t('newPassword.submit')}
      </Button>
    </form>
  )
}

'use client'

import { Eye, EyeOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { TextField } from '@/app/_ui/field'
import styles from './password-field.module.css'

type PasswordFieldProps = {
  autoComplete: 'current-password' | 'new-password'
  help?: string
  error?: string | undefined
  aside?: ReactNode
}

export function PasswordField({ autoComplete, help, error, aside }: PasswordFieldProps) {
  const t = useTranslations('auth.fields')
  const [isShown, setShown] = useState(false)
  return (
    <div className={styles.frame}>
      <TextField
        label={t('password')}
        name="password"
        type={isShown ? 'text' : 'password'}
        autoComplete={autoComplete}
        maxLength={200}
        required
        help={help}
        error={error}
        aside={aside}
      />
      <button
        type="button"
        className={styles.eye}
        aria-label={isShown ? t('hidePassword') : t('showPassword')}
        onClick={() => setShown(!isShown)}
      >
        {isShown ? <EyeOff size={16} aria-hidden="true" /> : <Eye size={16} aria-hidden="true" />}
      </button>
    </div>
  )
}

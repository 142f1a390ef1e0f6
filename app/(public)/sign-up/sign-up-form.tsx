'use client'

import { useLocale, useTranslations } from 'next-intl'
import { Button } from '@/app/_ui/button'
import { SelectField, TextField } from '@/app/_ui/field'
import { LOCALES } from '@/i18n/locale'
import styles from '../form.module.css'
import type { FormOutcome } from '../form-outcome'
import { PasswordField } from '../password-field'
import { looksLikeEmail, SHORTEST_PASSWORD, useForm } from '../use-form'

const FIELDS = ['company', 'country', 'name', 'email', 'password', 'locale'] as const

export type SignUpValues = Record<(typeof FIELDS)[number], string>

export type CountryChoices = { near: { code: string; name: string }[]; far: { code: string; name: string }[] }

type SignUpFormProps = {
  countries: CountryChoices
  firstCountry: string
  onSubmit: (values: SignUpValues) => Promise<FormOutcome>
  onDone: () => void
}

export function SignUpForm({ countries, firstCountry, onSubmit, onDone }: SignUpFormProps) {
  const t = useTranslations('auth')
  const errors = useTranslations('errors')
  const words = useTranslations('common')
  const locale = useLocale()
  const { submit, isBusy, formError, errorAt } = useForm(FIELDS, {
    check: (values) => {
      const missing = FIELDS.find((field) => values[field].trim() === '')
      if (missing) return { field: missing, message: t('fields.required') }
      if (!looksLikeEmail(values.email)) return { field: 'email', message: errors('emailWrong') }
      return values.password.length < SHORTEST_PASSWORD
        ? { field: 'password', message: errors('passwordShort') }
        : null
    },
    onSubmit,
    onDone,
  })
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <TextField
        label={t('fields.company')}
        name="company"
        autoComplete="organization"
        placeholder={t('fields.companyHint')}
        maxLength={80}
        required
        error={errorAt('company')}
      />
      <div className={styles.pair}>
        <SelectField label={t('fields.country')} name="country" defaultValue={firstCountry}>
          <optgroup label={t('fields.countriesNear')}>
            {countries.near.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </optgroup>
          <optgroup label={t('fields.countriesFar')}>
            {countries.far.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </optgroup>
        </SelectField>
        <SelectField key={locale} label={words('language')} name="locale" defaultValue={locale}>
          {LOCALES.map((choice) => (
            <option key={choice} value={choice}>
              {words(`languages.${choice}`)}
            </option>
          ))}
        </SelectField>
      </div>
      <TextField
        label={t('fields.name')}
        name="name"
        autoComplete="name"
        placeholder={t('fields.nameHint')}
        maxLength={80}
        required
        error={errorAt('name')}
      />
      <TextField
        label={t('fields.email')}
        name="email"
        type="email"
        autoComplete="username"
        placeholder={t('fields.emailHint')}
        maxLength={200}
        required
        error={errorAt('email')}
      />
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
        {t('signUp.submit')}
      </Button>
    </form>
  )
}

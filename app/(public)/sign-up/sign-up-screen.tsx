'use client'

import { signUpAndIn } from '@/app/_client/sign-in'
import { useReason } from '@/app/_client/use-reason'
import { isLocale } from '@/i18n/locale'
import { FIRST_RUN } from '../sign-in/path-within'
import { type CountryChoices, SignUpForm } from './sign-up-form'

type SignUpScreenProps = { countries: CountryChoices; firstCountry: string }

export function SignUpScreen({ countries, firstCountry }: SignUpScreenProps) {
  const wordsOf = useReason()
  return (
    <SignUpForm
      countries={countries}
      firstCountry={firstCountry}
      onSubmit={async ({ locale, ...values }) => {
        const outcome = await signUpAndIn({ ...values, ...(isLocale(locale) ? { locale } : {}) })
        if (outcome.ok) return outcome
        const message = wordsOf(outcome.reason)
        return { ok: false, message, ...(outcome.field ? { field: outcome.field } : {}) }
      }}
      // A full load: the workspace has its own root layout and a new session.
      onDone={() => window.location.assign(FIRST_RUN)}
    />
  )
}

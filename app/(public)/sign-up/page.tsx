import type { Metadata } from 'next'
import { headers } from 'next/headers'
import Link from 'next/link'
import { getLocale, getTranslations } from 'next-intl/server'
import { AuthFrame } from '../auth-frame'
import { guessCountry, listCountries } from './countries'
import { SignUpScreen } from './sign-up-screen'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth.signUp')
  return { title: t('submit') }
}

export default async function SignUpPage() {
  const [t, locale, requestHeaders] = await Promise.all([getTranslations('auth'), getLocale(), headers()])
  return (
    <AuthFrame
      title={t('signUp.title')}
      lead={t('signUp.lead')}
      foot={
        <>
          {t('signUp.hasAccount')} <Link href="/sign-in">{t('signUp.toSignIn')}</Link>
        </>
      }
    >
      <SignUpScreen
        countries={listCountries(locale)}
        firstCountry={guessCountry(requestHeaders.get('accept-language'))}
      />
    </AuthFrame>
  )
}

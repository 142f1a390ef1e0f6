import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { readViewer } from '@/server/auth/viewer'
import { AuthFrame } from '../auth-frame'
import { pathWithin } from './path-within'
import { SignInScreen } from './sign-in-screen'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth.signIn')
  return { title: t('submit') }
}

type PageProps = { searchParams: Promise<{ next?: string | string[] }> }

export default async function SignInPage({ searchParams }: PageProps) {
  const [t, { next }, viewer] = await Promise.all([getTranslations('auth'), searchParams, readViewer()])
  const path = pathWithin(next)
  if (viewer) redirect(path)
  return (
    <AuthFrame
      title={t('signIn.title')}
      lead={t('signIn.lead')}
      foot={
        <>
          {t('signIn.noAccount')} <Link href="/sign-up">{t('signIn.toSignUp')}</Link>
        </>
      }
    >
      <SignInScreen next={path} />
    </AuthFrame>
  )
}

import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { AuthFrame } from '../auth-frame'
import { ResetScreen } from './reset-screen'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth.reset')
  return { title: t('title') }
}

type PageProps = { searchParams: Promise<{ token?: string | string[] }> }

export default async function ResetPage({ searchParams }: PageProps) {
  const [t, { token }] = await Promise.all([getTranslations('auth'), searchParams])
  const given = typeof token === 'string' && token !== '' ? token : null
  return (
    <AuthFrame
      title={given ? t('newPassword.title') : t('reset.title')}
      lead={given ? t('newPassword.lead') : t('reset.lead')}
      foot={
        <Link href={given ? '/reset' : '/sign-in'}>
          {given ? t('newPassword.askAgain') : t('reset.back')}
        </Link>
      }
    >
      <ResetScreen token={given} />
    </AuthFrame>
  )
}

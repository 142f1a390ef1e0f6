import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { apiFor, Prefetched, prefetcher } from '@/app/_client/trpc-server'
import { readFrame } from '../read-frame'
import { WelcomeScreen } from './welcome-screen'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('welcome')
  return { title: t('title') }
}

type PageProps = { params: Promise<{ company: string }> }

/** The first run: a menu, a chat of one's own, and what is left to do. For who may set up the company. */
export default async function WelcomePage({ params }: PageProps) {
  const { company: slug } = await params
  const [{ member }, api] = await Promise.all([readFrame(slug), apiFor(slug)])
  if (member.role !== 'owner' && member.role !== 'admin') redirect(`/${slug}/inbox`)
  const firstRun = await api.onboarding.firstRun()
  const { phone } = firstRun
  if (!phone) redirect(`/${slug}/inbox`)
  const { trpc, prefetch } = await prefetcher(slug)
  if (firstRun.mayChoose) await prefetch(trpc.onboarding.templates.queryOptions())
  return (
    <Prefetched company={slug}>
      <WelcomeScreen first={firstRun} channelId={phone.channelId} />
    </Prefetched>
  )
}

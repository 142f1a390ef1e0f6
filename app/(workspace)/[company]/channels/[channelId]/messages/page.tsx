import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Prefetched, prefetcher } from '@/app/_client/trpc-server'
import { readFrame } from '../../../read-frame'
import { LedgerRoom } from './ledger-room'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('channels.ledger')
  return { title: t('title') }
}

type PageProps = { params: Promise<{ company: string; channelId: string }> }

/** Every message of one number with its life: nothing lost, nothing doubled, and what waits. */
export default async function LedgerPage({ params }: PageProps) {
  const { company: slug, channelId } = await params
  const { member } = await readFrame(slug)
  if (member.role === 'agent') redirect(`/${slug}/channels`)
  const { trpc, prefetch } = await prefetcher(slug)
  await prefetch(trpc.monitoring.channel.queryOptions({ channelId }))
  return (
    <Prefetched company={slug}>
      <LedgerRoom channelId={channelId} />
    </Prefetched>
  )
}

import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Prefetched, prefetcher } from '@/app/_client/trpc-server'
import { readFrame } from '../../read-frame'
import { MonitorRoom } from './monitor-room'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('channels')
  return { title: t('history.open') }
}

type PageProps = { params: Promise<{ company: string; channelId: string }> }

/** How one number does: its link, its messages, its limits. Agents read the bar in their chats instead. */
export default async function MonitorPage({ params }: PageProps) {
  const { company: slug, channelId } = await params
  const { member } = await readFrame(slug)
  if (member.role === 'agent') redirect(`/${slug}/channels`)
  const { trpc, prefetch } = await prefetcher(slug)
  await prefetch(trpc.monitoring.channel.queryOptions({ channelId }))
  return (
    <Prefetched company={slug}>
      <MonitorRoom channelId={channelId} />
    </Prefetched>
  )
}

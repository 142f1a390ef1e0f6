import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Prefetched, prefetcher } from '@/app/_client/trpc-server'
import { readFrame } from '../read-frame'
import { ChannelsRoom } from './channels-room'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('channels')
  return { title: t('title') }
}

type PageProps = { params: Promise<{ company: string }> }

/** The company's numbers and how each of them does. Everyone may look; who may connect sees the buttons. */
export default async function ChannelsPage({ params }: PageProps) {
  const { company: slug } = await params
  await readFrame(slug)
  const { trpc, prefetch } = await prefetcher(slug)
  await prefetch(trpc.channels.list.queryOptions())
  return (
    <Prefetched company={slug}>
      <ChannelsRoom />
    </Prefetched>
  )
}

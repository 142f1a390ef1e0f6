import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Prefetched, prefetcher } from '@/app/_client/trpc-server'
import { readFrame } from '../read-frame'
import { SimulatorRoom } from './simulator-room'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('simulator')
  return { title: t('title') }
}

type PageProps = { params: Promise<{ company: string }> }

/** A phone in the page with which anyone of the company plays a customer. */
export default async function SimulatorPage({ params }: PageProps) {
  const { company: slug } = await params
  await readFrame(slug)
  const { trpc, prefetch } = await prefetcher(slug)
  await prefetch(trpc.channels.list.queryOptions())
  return (
    <Prefetched company={slug}>
      <SimulatorRoom />
    </Prefetched>
  )
}

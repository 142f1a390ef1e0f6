import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { createLoader } from 'nuqs/server'
import { Prefetched, prefetcher } from '@/app/_client/trpc-server'
import { readFrame } from '../../read-frame'
import { chatIdOf, INBOX_PARSERS, listQuery, NEXT_PAGE } from '../address'
import { InboxScreen } from '../inbox-screen'

type PageProps = {
  params: Promise<{ company: string; chat?: string[] }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const loadAddress = createLoader(INBOX_PARSERS)

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('inbox')
  return { title: t('title') }
}

/** The inbox. Its chat stands in the path, so that every chat has its own address. */
export default async function InboxPage({ params, searchParams }: PageProps) {
  const { company: slug, chat = [] } = await params
  const conversationId = chatIdOf(chat[0])
  if (chat.length > 1 || (chat.length === 1 && conversationId === null)) notFound()
  const [{ companies }, address, api] = await Promise.all([
    readFrame(slug),
    loadAddress(searchParams),
    prefetcher(slug),
  ])
  const { trpc, prefetch, prefetchPages } = api
  await Promise.all([
    prefetchPages(trpc.conversations.list.infiniteQueryOptions(listQuery(address), NEXT_PAGE)),
    prefetch(trpc.members.list.queryOptions()),
    prefetch(trpc.members.teams.queryOptions()),
    conversationId ? prefetch(trpc.conversations.get.queryOptions({ conversationId })) : null,
  ])
  return (
    <Prefetched company={slug}>
      <InboxScreen companies={companies} />
    </Prefetched>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCompany } from '@/app/_client/company'
import { useTRPC } from '@/app/_client/trpc'
import { SkeletonRows } from '@/app/_ui/skeleton-row'
import type { ConversationRow, View } from '@/server/conversations/schema'
import { ConversationList } from './conversation-list'
import { ListHeader } from './list-header'
import { EmptyList } from './list-placeholders'
import { LoadFailure, OfflineInstead } from './load-failure'
import type { InboxPlace } from './use-inbox-address'
import type { useInboxList } from './use-inbox-list'
import { MINE_VIEWS, SHARED_VIEWS } from './views'
import { Views } from './views-pane'

type ListPaneProps = {
  place: InboxPlace
  list: ReturnType<typeof useInboxList>
  isSearchOpen: boolean
  onSearchOpen: (isOpen: boolean) => void
  onMove: (step: 1 | -1) => void
  onResolve: (row: ConversationRow) => void
}

/** The list of the chosen view with its header, and what stands there instead of rows. */
export function ListPane({ place, list, isSearchOpen, onSearchOpen, onMove, onResolve }: ListPaneProps) {
  const t = useTranslations('inbox')
  const words = useTranslations('common')
  const { firstAnswerGoalSeconds } = useCompany()
  const [typed, setTyped] = useState(place.q)
  const { title, count } = useViewName(place.view)

  const search = (text: string) => {
    setTyped(text)
    place.setSearch(text)
  }
  const instead =
    list.isPending && list.isPaused ? (
      <OfflineInstead />
    ) : list.isPending ? (
      <SkeletonRows label={words('loading')} />
    ) : list.isError && list.rows.length === 0 ? (
      <LoadFailure title={t('error.list')} error={list.error} onRetry={() => void list.refetch()} />
    ) : list.rows.length === 0 ? (
      <EmptyList
        viewName={title}
        isGoodNews={place.view === 'mine-pending' || place.view === 'line'}
        search={place.q.trim()}
        onClearSearch={() => {
          search('')
          onSearchOpen(false)
        }}
        {...(place.view === 'all' ? {} : { onSeeAll: () => place.setView('all') })}
      />
    ) : undefined

  return (
    <>
      <ListHeader
        title={title}
        count={count}
        sort={place.sort}
        onSort={place.setSort}
        search={typed}
        onSearch={search}
        isSearchOpen={isSearchOpen}
        onSearchOpen={onSearchOpen}
        views={(close) => <Views place={place} onChosen={close} />}
      />
      <ConversationList
        rows={list.rows}
        selectedId={place.chatId}
        goalSeconds={firstAnswerGoalSeconds}
        // A page that failed is asked for again by the next heal, not in a loop.
        hasMore={list.hasNextPage && !list.isFetchNextPageError}
        isLoadingMore={list.isFetchingNextPage}
        hrefOf={place.hrefOfChat}
        onOpen={place.open}
        onMove={onMove}
        onResolve={onResolve}
        onLoadMore={() => void list.fetchNextPage()}
        instead={instead}
      />
    </>
  )
}

function useViewName(view: View): { title: string; count: number | undefined } {
  const t = useTranslations('inbox.views')
  const trpc = useTRPC()
  const counts = useQuery(trpc.conversations.counts.queryOptions())
  const teams = useQuery(trpc.members.teams.queryOptions())
  const entry = [...MINE_VIEWS, ...SHARED_VIEWS].find((known) => known.view === view)
  if (entry) {
    return { title: t(entry.name), count: counts.data && entry.countOf?.(counts.data) }
  }
  if (view === 'mine') return { title: t('mine'), count: undefined }
  const teamId = view.slice('team:'.length)
  return {
    title: teams.data?.find(({ id }) => id === teamId)?.name ?? t('areasGroup'),
    count: counts.data ? (counts.data.teams[teamId] ?? 0) : undefined,
  }
}

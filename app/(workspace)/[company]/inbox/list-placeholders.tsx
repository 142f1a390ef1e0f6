'use client'

import { CheckCheck, Inbox, MessagesSquare, SearchX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'

type EmptyListProps = {
  /** Name of the view that is empty. */
  viewName: string
  /** Empty because all is answered: good news. */
  isGoodNews: boolean
  search: string
  onClearSearch: () => void
  onSeeAll?: () => void
  figures?: { value: string; label: string }[]
}

/** A list without rows: by success, by a search, or because nothing came yet. */
export function EmptyList({
  viewName,
  isGoodNews,
  search,
  onClearSearch,
  onSeeAll,
  figures,
}: EmptyListProps) {
  const t = useTranslations('inbox.empty')
  if (search !== '') {
    return (
      <EmptyState
        icon={<SearchX size={20} />}
        title={t('searchTitle', { search })}
        actions={<Button onClick={onClearSearch}>{t('clearSearch')}</Button>}
      >
        {t('search')}
      </EmptyState>
    )
  }
  const seeAll = onSeeAll ? <Button onClick={onSeeAll}>{t('see')}</Button> : null
  if (isGoodNews) {
    return (
      <EmptyState
        tone="good"
        icon={<CheckCheck size={20} />}
        title={t('goodTitle')}
        actions={seeAll}
        {...(figures ? { figures } : {})}
      >
        {t('good')}
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={<Inbox size={20} />} title={t('viewTitle')} actions={seeAll}>
      {t('view', { view: viewName })}
    </EmptyState>
  )
}

/** In the place of the chat while none is chosen. */
export function NoChatChosen() {
  const t = useTranslations('inbox.thread')
  return (
    <EmptyState icon={<MessagesSquare size={20} />} title={t('pick')}>
      {t('pickText')}
    </EmptyState>
  )
}

'use client'

import { ArrowDownWideNarrow, ChevronDown, Search, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useRef } from 'react'
import { formatCount } from '@/app/_client/format'
import { useFormats } from '@/app/_client/use-formats'
import { Button } from '@/app/_ui/button'
import { IconButton } from '@/app/_ui/icon-button'
import { Menu } from '@/app/_ui/menu'
import { Popover } from '@/app/_ui/popover'
import { VisuallyHidden } from '@/app/_ui/visually-hidden'
import type { Sort } from '@/server/conversations/schema'
import styles from './list-header.module.css'

type ListHeaderProps = {
  /** Name of the view. */
  title: string
  count: number | undefined
  sort: Sort
  onSort: (sort: Sort) => void
  search: string
  onSearch: (text: string) => void
  isSearchOpen: boolean
  onSearchOpen: (isOpen: boolean) => void
  /** The views, for the widths where their column is folded away. */
  views: (close: () => void) => ReactNode
}

export function ListHeader({
  title,
  count,
  sort,
  onSort,
  search,
  onSearch,
  isSearchOpen,
  onSearchOpen,
  views,
}: ListHeaderProps) {
  const t = useTranslations('inbox')
  const formats = useFormats()
  const field = useRef<HTMLInputElement>(null)

  useEffect(() => {
    if (isSearchOpen) field.current?.focus()
  }, [isSearchOpen])

  const closeSearch = () => {
    onSearch('')
    onSearchOpen(false)
  }

  const heading = (
    <>
      {title}{' '}
      {count === undefined ? null : <span className={styles.count}>{formatCount(count, formats)}</span>}
    </>
  )
  return (
    <header className={styles.header}>
      <div className={styles.main} hidden={isSearchOpen}>
        <h2>{heading}</h2>
        <span className={styles.foldedTitle}>
          <Popover
            label={t('views.change')}
            trigger={(props) => (
              <button type="button" {...props} className={styles.fold}>
                {heading}
                <VisuallyHidden>{t('views.change')}</VisuallyHidden>
                <ChevronDown size={16} aria-hidden="true" />
              </button>
            )}
          >
            {views}
          </Popover>
        </span>
        <span className={styles.gap} />
        <Menu
          label={t('list.sort')}
          place="bottom-end"
          items={(['wait', 'recent'] as const).map((choice) => ({
            id: choice,
            label: t(choice === 'wait' ? 'list.sortWait' : 'list.sortRecent'),
            checked: sort === choice,
            onSelect: () => onSort(choice),
          }))}
          trigger={(props) => (
            <Button
              {...props}
              look="ghost"
              size="sm"
              icon={<ArrowDownWideNarrow size={15} aria-hidden="true" />}
            >
              {t(sort === 'wait' ? 'list.sortWait' : 'list.sortRecent')}
            </Button>
          )}
        />
        <IconButton label={t('list.search')} keyHint="/" tip="bottom-end" onClick={() => onSearchOpen(true)}>
          <Search size={17} aria-hidden="true" />
        </IconButton>
      </div>
      {isSearchOpen ? (
        <div className={styles.search}>
          <Search size={16} aria-hidden="true" />
          <input
            ref={field}
            type="search"
            value={search}
            placeholder={t('list.searchHint')}
            aria-label={t('list.search')}
            maxLength={100}
            onChange={(event) => onSearch(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') closeSearch()
            }}
          />
          <IconButton label={t('list.searchClose')} tip="bottom-end" onClick={closeSearch}>
            <X size={17} aria-hidden="true" />
          </IconButton>
        </div>
      ) : null}
    </header>
  )
}

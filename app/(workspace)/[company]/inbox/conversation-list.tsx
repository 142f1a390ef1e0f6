'use client'

import { useTranslations } from 'next-intl'
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from 'react'
import { MEDIA, useMedia } from '@/app/_client/use-media'
import { useWindowing } from '@/app/_ui/windowing'
import type { ConversationRow as Row } from '@/server/conversations/schema'
import styles from './conversation-list.module.css'
import { ConversationRow } from './conversation-row'

/** The height of a row never changes, so the list needs no measuring. */
const ROW_HEIGHT = 66
const PHONE_ROW_HEIGHT = 74
const DIVIDER_HEIGHT = 38
/** Rows from the end at which the next page is asked for. */
const SOON = 8

type Item = { kind: 'row'; row: Row } | { kind: 'divider' }

type ConversationListProps = {
  /** In the order of the view; resolved chats, when mixed in, last. */
  rows: readonly Row[]
  selectedId: string | null
  goalSeconds: number
  hasMore: boolean
  isLoadingMore: boolean
  hrefOf: (id: string) => string
  onOpen: (id: string) => void
  onMove: (step: 1 | -1) => void
  onResolve?: (row: Row) => void
  onLoadMore: () => void
  /** Stands in the place of the rows: skeleton, empty, error. */
  instead?: ReactNode
}

export function ConversationList({
  rows,
  selectedId,
  goalSeconds,
  hasMore,
  isLoadingMore,
  hrefOf,
  onOpen,
  onMove,
  onResolve,
  onLoadMore,
  instead,
}: ConversationListProps) {
  const t = useTranslations('inbox.list')
  const scroller = useRef<HTMLDivElement>(null)
  const rowHeight = useMedia(MEDIA.phone) ? PHONE_ROW_HEIGHT : ROW_HEIGHT
  const items = useMemo(() => withDivider(rows), [rows])

  const sizes = useMemo(
    () => items.map((item) => (item.kind === 'divider' ? DIVIDER_HEIGHT : rowHeight)),
    [items, rowHeight],
  )
  const { rows: shown, totalSize, lastIndex, show } = useWindowing({ scroller, sizes, paddingStart: 4 })

  const selectedIndex = items.findIndex((item) => item.kind === 'row' && item.row.id === selectedId)
  // Only a new selection scrolls: rows that change their places meanwhile must not pull the list away.
  const reveal = useRef(() => {})
  useEffect(() => {
    reveal.current = () => show(selectedIndex)
  })
  const isListed = selectedIndex >= 0
  useEffect(() => {
    if (selectedId !== null && isListed) reveal.current()
  }, [selectedId, isListed])

  useEffect(() => {
    if (hasMore && !isLoadingMore && items.length > 0 && lastIndex >= items.length - SOON) onLoadMore()
  }, [hasMore, isLoadingMore, items.length, lastIndex, onLoadMore])

  const moveByArrows = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    onMove(event.key === 'ArrowDown' ? 1 : -1)
  }

  if (instead) return <div className={styles.scroller}>{instead}</div>
  const tabStop = Math.max(selectedIndex, 0)
  return (
    <div ref={scroller} className={styles.scroller}>
      <ul
        className={styles.rows}
        style={{ height: totalSize }}
        aria-label={t('title')}
        onKeyDown={moveByArrows}
      >
        {shown.map(({ index, start, size }) => {
          const item = items[index]
          if (!item) return null
          return (
            <li
              key={keyOf(item)}
              className={styles.item}
              style={{ transform: `translateY(${start}px)`, height: size }}
              aria-setsize={hasMore ? -1 : items.length}
              aria-posinset={index + 1}
            >
              {item.kind === 'divider' ? (
                <div className={styles.divider}>{t('resolvedGroup')}</div>
              ) : (
                <ConversationRow
                  row={item.row}
                  href={hrefOf(item.row.id)}
                  isSelected={item.row.id === selectedId}
                  isTabStop={index === tabStop}
                  goalSeconds={goalSeconds}
                  onOpen={onOpen}
                  onResolve={onResolve}
                />
              )}
            </li>
          )
        })}
      </ul>
      {isLoadingMore ? (
        <p className={styles.more} role="status">
          {t('loadingMore')}
        </p>
      ) : null}
    </div>
  )
}

/** A divider above the resolved chats, when they stand together below live ones. */
function withDivider(rows: readonly Row[]): Item[] {
  const items: Item[] = rows.map((row) => ({ kind: 'row', row }))
  const firstResolved = rows.findIndex((row) => row.state === 'resolved')
  const isBlock = rows.slice(firstResolved).every((row) => row.state === 'resolved')
  if (firstResolved > 0 && isBlock) items.splice(firstResolved, 0, { kind: 'divider' })
  return items
}

function keyOf(item: Item): string {
  return item.kind === 'row' ? item.row.id : 'divider'
}

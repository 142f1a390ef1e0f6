'use client'

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useTRPC } from '@/app/_client/trpc'
import type { Sort, View } from '@/server/conversations/schema'
import { listQuery, NEXT_PAGE } from './address'

/** A pause in typing after which is searched, in ms. */
const TYPING_MS = 250

/** The rows of a view, page by page. While a search is typed the last answer stays. */
export function useInboxList({ view, sort, q }: { view: View; sort: Sort; q: string }) {
  const trpc = useTRPC()
  const search = useSettled(q)
  const list = useInfiniteQuery({
    ...trpc.conversations.list.infiniteQueryOptions(listQuery({ view, sort, q: search }), NEXT_PAGE),
    ...(search === '' ? {} : { placeholderData: keepPreviousData }),
  })
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data])
  return { ...list, rows }
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), TYPING_MS)
    return () => clearTimeout(timer)
  }, [text])
  // Cleared is cleared at once.
  return text === '' ? '' : settled
}

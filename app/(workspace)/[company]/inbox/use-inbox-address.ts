'use client'

import { usePathname } from 'next/navigation'
import { useQueryStates } from 'nuqs'
import { useEffect, useMemo } from 'react'
import { useCompany } from '@/app/_client/company'
import type { Sort, View } from '@/server/conversations/schema'
import { chatIdOf, INBOX_PARSERS, type InboxAddress, searchOf } from './address'

/**
 * Where in the inbox the member stands, all of it in the address. Moving asks the server for no page: the browser has
 * the data or fetches it, and back and forward work.
 */
export function useInboxAddress() {
  const { slug } = useCompany()
  const path = usePathname()
  const [address, setAddress] = useQueryStates(INBOX_PARSERS)
  const { view, sort, q } = address
  const root = `/${slug}/inbox`
  const chatId = path.startsWith(`${root}/`) ? chatIdOf(path.slice(root.length + 1)) : null

  return useMemo(() => {
    const here: InboxAddress = { view, sort, q }
    const hrefOfChat = (id: string | null) => `${root}${id ? `/${id}` : ''}${searchOf(here)}`
    return {
      chatId,
      view,
      sort,
      q,
      root,
      hrefOfChat,
      /** Another view begins without a search and without a chat on a phone; the open chat stays. */
      hrefOfView: (next: View) =>
        `${root}${chatId ? `/${chatId}` : ''}${searchOf({ view: next, sort, q: '' })}`,
      open: (id: string) => {
        if (id !== chatId) go(hrefOfChat(id))
      },
      /** Back to the list: what the arrow of a phone does. */
      close: () => go(hrefOfChat(null)),
      setView: (next: View) => void setAddress({ view: next, q: null }, { history: 'push' }),
      setSort: (next: Sort) => void setAddress({ sort: next }),
      setSearch: (text: string) => void setAddress({ q: text === '' ? null : text }),
    }
  }, [chatId, view, sort, q, root, setAddress])
}

export type InboxPlace = ReturnType<typeof useInboxAddress>

/** Next reads the address again after this, without asking the server for anything. */
function go(href: string): void {
  window.history.pushState(null, '', href)
}

/** Plain clicks on links that stay in the inbox move without the server; all others are the browser's business. */
export function useSoftLinks(root: string): void {
  useEffect(() => {
    const follow = (event: MouseEvent) => {
      if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
      const link = event.target instanceof Element ? event.target.closest('main a[href]') : null
      const href = link?.getAttribute('href')
      if (!href || !(href === root || href.startsWith(`${root}/`) || href.startsWith(`${root}?`))) return
      event.preventDefault()
      if (href !== window.location.pathname + window.location.search) go(href)
    }
    // Before React hears of the click, so that the link itself does nothing more.
    window.addEventListener('click', follow, true)
    return () => window.removeEventListener('click', follow, true)
  }, [root])
}

'use client'

import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react'
import type { ChatCommands } from './use-chat-commands'

function subscribe(listener: () => void) {
  window.addEventListener('focus', listener)
  window.addEventListener('blur', listener)
  document.addEventListener('visibilitychange', listener)
  return () => {
    window.removeEventListener('focus', listener)
    window.removeEventListener('blur', listener)
    document.removeEventListener('visibilitychange', listener)
  }
}

const isLookedAt = () => document.visibilityState === 'visible' && document.hasFocus()

/**
 * Marks the open chat as read while somebody looks at it. Marked unread by hand, it stays so until it is opened anew.
 * @returns how to mark it unread.
 */
export function useReading(
  conversationId: string | null,
  unreadCount: number,
  commands: Pick<ChatCommands, 'markRead' | 'markUnread'>,
) {
  const isLooking = useSyncExternalStore(subscribe, isLookedAt, () => false)
  const kept = useRef<string | null>(null)
  const latest = useRef(commands)
  useEffect(() => {
    latest.current = commands
  })

  useEffect(() => {
    if (kept.current !== conversationId) kept.current = null
    if (!conversationId || !isLooking || unreadCount === 0 || kept.current === conversationId) return
    latest.current.markRead(conversationId)
  }, [conversationId, isLooking, unreadCount])

  return useCallback((id: string) => {
    kept.current = id
    latest.current.markUnread(id)
  }, [])
}

'use client'

import { useCallback, useSyncExternalStore } from 'react'
import type { ComposerMode } from './composer'

/** What was written and not sent. Notes and answers of a chat are kept apart. */
const drafts = new Map<string, string>()
const listeners = new Set<() => void>()

const keyOf = (company: string, chatId: string, mode: ComposerMode) => `draft ${company} ${chatId} ${mode}`

function read(key: string): string {
  const known = drafts.get(key)
  if (known !== undefined) return known
  const kept = storage()?.getItem(key) ?? ''
  drafts.set(key, kept)
  return kept
}

function write(key: string, text: string): void {
  drafts.set(key, text)
  if (text === '') storage()?.removeItem(key)
  else storage()?.setItem(key, text)
  for (const listener of listeners) listener()
}

/** Null where the browser refuses storage: a draft then lasts until the page is left. */
function storage(): Storage | null {
  try {
    return window.sessionStorage
  } catch {
    return null
  }
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** The draft of a chat, kept while other chats are open and over a reload of this tab. */
export function useDraft(company: string, chatId: string, mode: ComposerMode) {
  const key = keyOf(company, chatId, mode)
  const draft = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => '',
  )
  return [draft, useCallback((text: string) => write(key, text), [key])] as const
}

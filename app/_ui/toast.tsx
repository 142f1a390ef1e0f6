'use client'

import dynamic from 'next/dynamic'
import { useSyncExternalStore } from 'react'

export type Toast = {
  /** A second toast of the same id takes the place of the first. */
  id?: string
  message: string
  tone?: 'plain' | 'bad'
  /** Offered for 8 seconds; also on Ctrl+Z while it shows. */
  undo?: { label: string; onUndo: () => void }
}

/** How long a toast with a way back stays: long enough to read it and reach the button. */
const UNDO_MILLISECONDS = 8_000
const PLAIN_MILLISECONDS = 4_000

// The notifications library loads with the first toast, not with the page.
const Host = dynamic(() => import('./toast-host').then((module) => module.ToastHost), { ssr: false })
let isHostWanted = false
const listeners = new Set<() => void>()

/** Shows a short message at the lower edge. */
export async function showToast({ id, message, tone = 'plain', undo }: Toast): Promise<void> {
  isHostWanted = true
  for (const listener of listeners) listener()
  const { showOnHost } = await import('./toast-host')
  showOnHost({ id, message, tone, undo, milliseconds: undo ? UNDO_MILLISECONDS : PLAIN_MILLISECONDS })
}

/** Stands once in the shell; empty until the first toast. */
export function ToastPlace() {
  const isWanted = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => isHostWanted,
    () => false,
  )
  return isWanted ? <Host /> : null
}

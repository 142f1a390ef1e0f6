'use client'

import { useCallback, useSyncExternalStore } from 'react'

/** The widths at which the inbox changes its shape; the same numbers stand in the style sheets. */
export const MEDIA = {
  phone: '(max-width: 700px)',
  /** Views fold into a menu. */
  narrow: '(max-width: 1100px)',
  /** Details become a drawer. */
  medium: '(max-width: 1280px)',
} as const

/** Whether a media query holds now; false on the server, which knows no window. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = window.matchMedia(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(query).matches,
    () => false,
  )
}

'use client'

import { useSyncExternalStore } from 'react'

const subscribe = () => () => undefined

/** False on the server and in the first paint, which must say the same; true from then on. */
export function useIsMounted(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  )
}

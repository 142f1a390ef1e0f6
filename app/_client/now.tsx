'use client'

import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react'

/** A wait is shown in minutes, so a quarter of one is fine enough. */
const TICK_MILLISECONDS = 15_000

const FirstNow = createContext(0)

let current = 0
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

function subscribe(listener: () => void) {
  listeners.add(listener)
  if (timer === undefined) {
    current = Date.now()
    timer = setInterval(tick, TICK_MILLISECONDS)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function tick() {
  current = Date.now()
  for (const listener of listeners) listener()
}

/** `at`: the server's clock when it drew the page, so that the first paint of the browser says the same. */
export function NowProvider({ at, children }: { at: number; children: ReactNode }) {
  return <FirstNow value={at}>{children}</FirstNow>
}

/** The present moment in milliseconds, moved on every 15 s by one timer for the whole page. */
export function useNow(): number {
  const first = useContext(FirstNow)
  const now = useSyncExternalStore(
    subscribe,
    () => current,
    () => first,
  )
  return Math.max(now, first)
}

'use client'

import { useSyncExternalStore } from 'react'

export const COLOR_SCHEMES = ['light', 'dark', 'auto'] as const
export type ColorScheme = (typeof COLOR_SCHEMES)[number]

/** Where Mantine keeps the choice, and where the script of the first paint reads it. */
const KEY = 'mantine-color-scheme-value'
const SYSTEM_IS_DARK = '(prefers-color-scheme: dark)'

const listeners = new Set<() => void>()

/** The member's choice in this browser; `auto` follows the system. */
export function readColorScheme(): ColorScheme {
  const kept = storage()?.getItem(KEY)
  return COLOR_SCHEMES.find((scheme) => scheme === kept) ?? 'auto'
}

export function setColorScheme(scheme: ColorScheme): void {
  storage()?.setItem(KEY, scheme)
  paint(scheme)
  for (const listener of listeners) listener()
}

/** Null on the server and in the first paint, which do not know the choice. */
export function useColorScheme(): ColorScheme | null {
  return useSyncExternalStore(onColorScheme, readColorScheme, () => null)
}

/** Tells of every new choice, here or in another tab, and follows the system while the choice is `auto`. */
export function onColorScheme(listener: () => void): () => void {
  const system = window.matchMedia(SYSTEM_IS_DARK)
  const followSystem = () => paint(readColorScheme())
  const followTab = (event: StorageEvent) => {
    if (event.key !== KEY) return
    paint(readColorScheme())
    listener()
  }
  // A page that failed is drawn anew in the browser, where the script of the first paint does not run.
  followSystem()
  listeners.add(listener)
  system.addEventListener('change', followSystem)
  window.addEventListener('storage', followTab)
  return () => {
    listeners.delete(listener)
    system.removeEventListener('change', followSystem)
    window.removeEventListener('storage', followTab)
  }
}

function paint(scheme: ColorScheme): void {
  const isDark = scheme === 'auto' ? window.matchMedia(SYSTEM_IS_DARK).matches : scheme === 'dark'
  document.documentElement.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light')
}

/** Null where the browser refuses storage: a choice then lasts until the page is left. */
function storage(): Storage | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}

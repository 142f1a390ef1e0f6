'use client'

import { useEffect, useRef } from 'react'

/** A key ("j", "?", "/"), "g" and another in a row ("g i"), or a chord ("mod+k": Ctrl, ⌘ on a Mac). */
export type KeyMap = Record<string, (() => void) | undefined>

/** How long "g" waits for its second key. */
const PAIR_MILLISECONDS = 1_000

// The newest map answers first: what lies above on the screen was mounted later.
const maps: { current: KeyMap }[] = []
let leaderAt = Number.NEGATIVE_INFINITY

/**
 * Single-key commands of a screen. They rest while somebody types and inside dialogs, menus and lists that
 * are open; chords with Ctrl or ⌘ work everywhere.
 */
export function useKeys(map: KeyMap): void {
  const latest = useRef(map)
  useEffect(() => {
    latest.current = map
  })
  useEffect(() => {
    maps.unshift(latest)
    if (maps.length === 1) window.addEventListener('keydown', onKeyDown)
    return () => {
      maps.splice(maps.indexOf(latest), 1)
      if (maps.length === 0) window.removeEventListener('keydown', onKeyDown)
    }
  }, [])
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const name = nameOf(event)
  leaderAt = name === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY
  const command = maps.map(({ current }) => current[name]).find((found) => found !== undefined)
  if (!command) return
  event.preventDefault()
  command()
}

function nameOf(event: KeyboardEvent): string {
  const key = event.key.toLowerCase()
  if (event.ctrlKey || event.metaKey) return event.altKey ? '' : `mod+${key}`
  if (event.altKey || isResting(event.target)) return ''
  return event.timeStamp - leaderAt < PAIR_MILLISECONDS ? `g ${key}` : key
}

/** Where letters are written or chosen by; a radio button takes none. */
const TYPING = 'textarea, select, input:not([type="radio"], [type="checkbox"])'

function isResting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target.matches(TYPING)) return true
  return target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null
}

'use client'

import { type PointerEvent, useRef } from 'react'

/** How far a finger draws a row before letting go does the thing, in px: the width of the drawn action. */
const FAR_ENOUGH = 88
/** Below this a finger is only pressing. */
const SLACK = 10

/**
 * Swipe to the left with a finger: the row follows, and letting go beyond the action's width does it. Without
 * `onSwiped` nothing moves. The row moves by style, not by state: sixty times a second is too often to render.
 */
export function useSwipe(onSwiped: (() => void) | undefined) {
  const start = useRef<{ x: number; y: number; isSwipe: boolean } | null>(null)

  const move = (event: PointerEvent<HTMLElement>) => {
    const from = start.current
    if (!from) return
    const dx = event.clientX - from.x
    if (!from.isSwipe) {
      if (Math.abs(event.clientY - from.y) > SLACK) start.current = null
      if (dx > -SLACK) return
      from.isSwipe = true
      event.currentTarget.setPointerCapture(event.pointerId)
    }
    event.currentTarget.style.transform = `translateX(${Math.min(0, Math.max(dx, -FAR_ENOUGH - 24))}px)`
  }

  const end = (event: PointerEvent<HTMLElement>) => {
    const from = start.current
    start.current = null
    event.currentTarget.style.transform = ''
    if (from?.isSwipe && event.clientX - from.x <= -FAR_ENOUGH) onSwiped?.()
  }

  if (!onSwiped) return {}
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.pointerType === 'touch')
        start.current = { x: event.clientX, y: event.clientY, isSwipe: false }
    },
    onPointerMove: move,
    onPointerUp: end,
    onPointerCancel: (event: PointerEvent<HTMLElement>) => {
      start.current = null
      event.currentTarget.style.transform = ''
    },
  }
}

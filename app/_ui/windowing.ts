'use client'

import { type RefObject, useCallback, useEffect, useMemo, useState } from 'react'

/** Where each row begins, in px, and at the end where the last one ends. */
export type Offsets = readonly number[]

export function offsetsOf(sizes: readonly number[], paddingStart: number): Offsets {
  const offsets = [paddingStart]
  for (const size of sizes) offsets.push((offsets.at(-1) ?? 0) + size)
  return offsets
}

/** The rows that a view of `height` px from `top` on touches, and `overscan` more on either side. */
export function rowsInView(offsets: Offsets, top: number, height: number, overscan: number) {
  const count = offsets.length - 1
  const first = Math.max(0, firstEndingBelow(offsets, top) - overscan)
  const last = Math.min(count - 1, firstEndingBelow(offsets, top + height) + overscan)
  return { first, last }
}

/** How far to scroll so that a row is wholly in view, by the shortest way; null when it is already. */
export function scrollToShow(offsets: Offsets, index: number, top: number, height: number): number | null {
  const start = offsets[index]
  const end = offsets[index + 1]
  if (start === undefined || end === undefined) return null
  if (start < top) return index === 0 ? 0 : start
  return end > top + height ? end - height : null
}

/** Halving search: the first row that ends below a line. */
function firstEndingBelow(offsets: Offsets, line: number): number {
  let low = 0
  let high = offsets.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((offsets[middle + 1] ?? Number.POSITIVE_INFINITY) > line) high = middle
    else low = middle + 1
  }
  return low
}

type WindowingInput = {
  scroller: RefObject<HTMLElement | null>
  /** Height of each row, in px, known beforehand. */
  sizes: readonly number[]
  paddingStart?: number
  overscan?: number
}

/** What a laptop shows: the server draws so many rows, as it knows no window. */
const FIRST_HEIGHT = 800

/**
 * Draws only the rows in sight of a list whose row heights are known. Our own, because the library that also
 * measures rows costs 9 kB of script, a twentieth of what the inbox may load.
 */
export function useWindowing({ scroller, sizes, paddingStart = 0, overscan = 6 }: WindowingInput) {
  const offsets = useMemo(() => offsetsOf(sizes, paddingStart), [sizes, paddingStart])
  const [view, setView] = useState({ top: 0, height: FIRST_HEIGHT })

  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const look = () => setView({ top: element.scrollTop, height: element.clientHeight })
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [scroller])

  const show = useCallback(
    (index: number) => {
      const element = scroller.current
      if (!element) return
      const top = scrollToShow(offsets, index, element.scrollTop, element.clientHeight)
      if (top !== null) element.scrollTo({ top })
    },
    [offsets, scroller],
  )

  const { first, last } = rowsInView(offsets, view.top, view.height, overscan)
  const rows = []
  for (let index = first; index <= last; index += 1) {
    rows.push({ index, start: offsets[index] ?? 0, size: sizes[index] ?? 0 })
  }
  return { rows, totalSize: offsets.at(-1) ?? 0, lastIndex: last, show }
}

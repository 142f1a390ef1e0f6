'use client'

import { type ReactNode, useLayoutEffect } from 'react'
import { onColorScheme } from '@/app/_ui/color-scheme'
import styles from './whole-page.module.css'

/** One state in the middle of a page that has nothing else. */
export function WholePage({ children }: { children: ReactNode }) {
  // Next draws these pages in the browser, where the script of the first paint does not run: they would all be light.
  useLayoutEffect(() => onColorScheme(() => undefined), [])
  return <main className={styles.page}>{children}</main>
}

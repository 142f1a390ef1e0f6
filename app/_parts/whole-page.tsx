import type { ReactNode } from 'react'
import styles from './whole-page.module.css'

/** One state in the middle of a page that has nothing else. */
export function WholePage({ children }: { children: ReactNode }) {
  return <main className={styles.page}>{children}</main>
}

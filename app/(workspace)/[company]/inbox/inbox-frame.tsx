'use client'

import type { ReactNode } from 'react'
import styles from './inbox-frame.module.css'

type InboxFrameProps = {
  /** Folded away below 1100 px, where the list's title opens the views. */
  views: ReactNode
  list: ReactNode
  /** The chat, or what stands in its place. */
  thread: ReactNode
  /** Null while closed. Below 1280 px it lies over the chat. */
  details: ReactNode | null
  isChatOpen: boolean
  onCloseDetails: () => void
  labels: { title: string; list: string; thread: string; details: string; closeDetails: string }
}

/** The four zones side by side; on a phone one at a time. */
export function InboxFrame({
  views,
  list,
  thread,
  details,
  isChatOpen,
  onCloseDetails,
  labels,
}: InboxFrameProps) {
  return (
    <main
      className={styles.frame}
      data-chat-open={isChatOpen || undefined}
      data-details-open={details ? true : undefined}
      data-whole-phone={isChatOpen || undefined}
    >
      <h1 className={styles.title}>{labels.title}</h1>
      <div className={styles.views}>{views}</div>
      <section className={styles.list} aria-label={labels.list}>
        {list}
      </section>
      <section className={styles.thread} aria-label={labels.thread}>
        {thread}
      </section>
      {details ? (
        <>
          <button
            type="button"
            className={styles.veil}
            aria-label={labels.closeDetails}
            onClick={onCloseDetails}
          />
          <aside className={styles.details} aria-label={labels.details}>
            {details}
          </aside>
        </>
      ) : null}
    </main>
  )
}

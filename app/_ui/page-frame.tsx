import { type ReactNode, useId } from 'react'
import styles from './page-frame.module.css'

type PageFrameProps = {
  title: ReactNode
  /** Beside the title, in quiet ink. */
  remark?: ReactNode
  actions?: ReactNode
  /** A bar under the title: state, versions. */
  bar?: ReactNode
  /** `flush`: the content brings its own edges and scrolling. */
  body?: 'padded' | 'flush'
  children: ReactNode
}

/** A room with a title bar of 56 px and content that scrolls below it. */
export function PageFrame({ title, remark, actions, bar, body = 'padded', children }: PageFrameProps) {
  const titleId = useId()
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1 id={titleId}>{title}</h1>
        {remark ? <span className={styles.remark}>{remark}</span> : null}
        <span className={styles.gap} />
        {actions}
      </header>
      {bar ? (
        <section className={styles.bar} aria-labelledby={titleId}>
          {bar}
        </section>
      ) : null}
      <main className={body === 'padded' ? styles.padded : styles.flush}>{children}</main>
    </div>
  )
}

import type { ReactNode } from 'react'
import styles from './banner.module.css'

type BannerProps = {
  tone: 'dark' | 'warning' | 'danger'
  icon: ReactNode
  children: ReactNode
  action?: ReactNode
}

/** One bar across its place: the fact, the consequence, the way out. */
export function Banner({ tone, icon, children, action }: BannerProps) {
  return (
    <div className={`${styles.banner} ${styles[tone]}`} role="status">
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <div className={styles.text}>{children}</div>
      {action}
    </div>
  )
}

import type { ReactNode } from 'react'
import styles from './empty-state.module.css'

type EmptyStateProps = {
  icon: ReactNode
  /** `good`: empty because all is done. `bad`: something failed. */
  tone?: 'plain' | 'good' | 'bad'
  title: string
  children?: ReactNode
  actions?: ReactNode
  /** Figures under a line, such as what was done today. */
  figures?: { value: string; label: string }[]
}

export function EmptyState({ icon, tone = 'plain', title, children, actions, figures }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <span className={`${styles.icon} ${styles[tone]}`} aria-hidden="true">
        {icon}
      </span>
      <h2 className={styles.title}>{title}</h2>
      {children ? <div className={styles.text}>{children}</div> : null}
      {actions ? <div className={styles.actions}>{actions}</div> : null}
      {figures ? (
        <dl className={styles.figures}>
          {figures.map(({ value, label }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </div>
  )
}

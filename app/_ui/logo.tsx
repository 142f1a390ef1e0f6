import styles from './logo.module.css'

type LogoProps = {
  /** Shown beside the mark; left out in the rail, where the mark stands alone. */
  name?: string
  size?: number
}

/** The mark: an "i" whose stem is a chat bubble. Its corn-yellow dot is used nowhere else. */
export function Logo({ name, size = 28 }: LogoProps) {
  return (
    <span className={styles.logo}>
      <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
        <circle cx="16" cy="6" r="4" fill="var(--maiz)" />
        <path
          d="M9 12h14a5 5 0 0 1 5 5v5a5 5 0 0 1-5 5h-4.2L13.5 31v-4H9a5 5 0 0 1-5-5v-5a5 5 0 0 1 5-5Z"
          fill="var(--brand)"
        />
        <path d="M10 19.5h12" stroke="var(--on-brand)" strokeWidth="2.6" strokeLinecap="round" />
      </svg>
      {name ? <span className={styles.name}>{name}</span> : null}
    </span>
  )
}

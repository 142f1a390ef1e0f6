import styles from './kbd.module.css'

type KbdProps = { children: string /** Phones have no keyboard. */; onWideOnly?: boolean }

export function Kbd({ children, onWideOnly = false }: KbdProps) {
  return (
    <kbd className={`${styles.kbd} ${onWideOnly ? styles.wideOnly : ''}`}>
      <span aria-hidden="true">{children}</span>
    </kbd>
  )
}

import type { ButtonHTMLAttributes, ReactNode } from 'react'
import styles from './button.module.css'
import { Kbd } from './kbd'

type ButtonLook = {
  /** One `primary` a view at most. */
  look?: 'plain' | 'primary' | 'ghost' | 'danger'
  size?: 'sm' | 'md' | 'lg'
  icon?: ReactNode
  iconAfter?: ReactNode
  /** The key that does the same; drawn beside the words on wide screens. */
  keyHint?: string
}

type ButtonProps = ButtonLook & ButtonHTMLAttributes<HTMLButtonElement>

export function Button({ look, size, icon, iconAfter, keyHint, children, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      {...(keyHint ? { 'aria-keyshortcuts': keyHint } : {})}
      className={`${buttonClass({ look, size })} ${className ?? ''}`}
    >
      {icon}
      {children}
      {iconAfter}
      {keyHint ? <Kbd onWideOnly>{keyHint}</Kbd> : null}
    </button>
  )
}

/** The same look for a link: `<Link className={buttonClass({ look: 'primary' })}>`. */
export function buttonClass({
  look = 'plain',
  size = 'md',
}: {
  look?: ButtonLook['look'] | undefined
  size?: ButtonLook['size'] | undefined
}): string {
  return `${styles.button} ${styles[look]} ${styles[size]}`
}

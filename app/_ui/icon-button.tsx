import type { ButtonHTMLAttributes } from 'react'
import styles from './icon-button.module.css'
import { Kbd } from './kbd'

type TipPlace = 'top' | 'bottom' | 'bottom-end' | 'top-end' | 'right'

type IconButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label' | 'title'> & {
  /** Says what it does: the name for screen readers and the tooltip. */
  label: string
  keyHint?: string
  tip?: TipPlace
  active?: boolean
  size?: 28 | 32 | 40 | 44
}

/** An icon alone, with its name and its key in a tooltip drawn by CSS (no script until it is used). */
export function IconButton({
  label,
  keyHint,
  tip = 'bottom',
  active = false,
  size = 32,
  children,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      {...(keyHint ? { 'aria-keyshortcuts': keyHint } : {})}
      data-active={active || undefined}
      className={`${styles.icon} ${styles[`s${size}`]} ${className ?? ''}`}
    >
      {children}
      <Tip label={label} keyHint={keyHint} place={tip} />
    </button>
  )
}

type TipProps = { label: string; keyHint?: string | undefined; place: TipPlace }

/** The bubble itself; it shows while its positioned parent is hovered or focused by keyboard. */
export function Tip({ label, keyHint, place }: TipProps) {
  return (
    <span className={`${styles.tip} ${styles[place]}`} aria-hidden="true" data-tip="">
      {label}
      {keyHint ? <Kbd>{keyHint}</Kbd> : null}
    </span>
  )
}

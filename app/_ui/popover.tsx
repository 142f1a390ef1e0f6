'use client'

import { type ReactNode, useCallback, useEffect, useId, useRef, useState } from 'react'
import styles from './popover.module.css'

export type PopoverPlace = 'bottom-start' | 'bottom-end' | 'top-start' | 'top-end' | 'right-end'

type TriggerProps = {
  'aria-expanded': boolean
  'aria-controls': string
  'aria-haspopup': 'menu' | 'dialog' | 'listbox'
  onClick: () => void
}

type PopoverProps = {
  label: string
  role?: 'menu' | 'dialog' | 'listbox'
  place?: PopoverPlace
  trigger: (props: TriggerProps) => ReactNode
  /** Given where more than the trigger opens it: what is open is then the caller's to keep. */
  control?: { isOpen: boolean; onOpen: (isOpen: boolean) => void }
  /** `close` puts the focus back on the trigger. */
  children: (close: () => void) => ReactNode
}

/**
 * A box that opens at its trigger: closes on Escape, on a press outside and when the focus leaves. Plain
 * elements, because Mantine's popover would cost the inbox a tenth of its first load.
 */
export function Popover({
  label,
  role = 'dialog',
  place = 'bottom-start',
  trigger,
  control,
  children,
}: PopoverProps) {
  const [isOpenHere, setOpenHere] = useState(false)
  const isOpen = control?.isOpen ?? isOpenHere
  const setOpen = control?.onOpen ?? setOpenHere
  const frame = useRef<HTMLSpanElement>(null)
  const id = useId()

  const close = useCallback(() => {
    setOpen(false)
    frame.current?.querySelector<HTMLElement>('[aria-controls]')?.focus()
  }, [setOpen])

  useEffect(() => {
    if (!isOpen) return
    const closeOutside = (event: Event) => {
      if (event.target instanceof Node && !frame.current?.contains(event.target)) setOpen(false)
    }
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      close()
    }
    document.addEventListener('pointerdown', closeOutside)
    document.addEventListener('focusin', closeOutside)
    document.addEventListener('keydown', closeOnEscape, true)
    return () => {
      document.removeEventListener('pointerdown', closeOutside)
      document.removeEventListener('focusin', closeOutside)
      document.removeEventListener('keydown', closeOnEscape, true)
    }
  }, [isOpen, setOpen, close])

  return (
    <span ref={frame} className={styles.frame}>
      {trigger({
        'aria-expanded': isOpen,
        'aria-controls': id,
        'aria-haspopup': role,
        onClick: () => setOpen(!isOpen),
      })}
      {isOpen ? (
        <div id={id} {...{ role, 'aria-label': label }} className={`${styles.box} ${styles[place]}`}>
          {children(close)}
        </div>
      ) : null}
    </span>
  )
}

'use client'

import { Notifications, notifications } from '@mantine/notifications'
import { CircleAlert, CircleCheck } from 'lucide-react'
import { useEffect } from 'react'
import { Kbd } from './kbd'
import { MantineHouse } from './mantine-house'
import type { Toast } from './toast'
import styles from './toast.module.css'

export function ToastHost() {
  return (
    <MantineHouse>
      <Notifications position="bottom-left" limit={3} containerWidth={400} className={styles.place ?? ''} />
    </MantineHouse>
  )
}

type Shown = Pick<Toast, 'message'> & {
  id: string | undefined
  tone: 'plain' | 'bad'
  undo: Toast['undo']
  milliseconds: number
}

export function showOnHost({ id, message, tone, undo, milliseconds }: Shown): void {
  const shownId = id ?? crypto.randomUUID()
  notifications.hide(shownId)
  notifications.show({
    id: shownId,
    autoClose: milliseconds,
    withCloseButton: false,
    className: styles.toast ?? '',
    message: (
      <ToastBody message={message} tone={tone} undo={undo} close={() => notifications.hide(shownId)} />
    ),
  })
}

type ToastBodyProps = Omit<Shown, 'id' | 'milliseconds'> & { close: () => void }

function ToastBody({ message, tone, undo, close }: ToastBodyProps) {
  useEffect(() => {
    if (!undo) return
    const onKey = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.matches('input, textarea')
      if (isTyping || event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      undo.onUndo()
      close()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [undo, close])

  return (
    <div className={styles.body}>
      {tone === 'bad' ? <CircleAlert size={16} className={styles.bad} /> : <CircleCheck size={16} />}
      <span className={styles.message}>{message}</span>
      {undo ? (
        <button
          type="button"
          className={styles.undo}
          onClick={() => {
            undo.onUndo()
            close()
          }}
        >
          {undo.label} <Kbd onWideOnly>Ctrl Z</Kbd>
        </button>
      ) : null}
    </div>
  )
}

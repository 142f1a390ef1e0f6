'use client'

import dynamic from 'next/dynamic'
import { type ReactNode, useEffect, useState } from 'react'

export type DialogProps = {
  isOpen: boolean
  onClose: () => void
  title: ReactNode
  closeLabel: string
  /** Width in px. */
  size?: number
  children: ReactNode
}

// The first dialog brings Mantine with it.
const DialogBody = dynamic(() => import('./dialog-body').then((module) => module.DialogBody), { ssr: false })

/** A dialog above the page. It stays mounted after its first opening, so that it can close with grace. */
export function Dialog(props: DialogProps) {
  const [wasOpened, setOpened] = useState(props.isOpen)
  useEffect(() => {
    if (props.isOpen) setOpened(true)
  }, [props.isOpen])
  return wasOpened ? <DialogBody {...props} /> : null
}

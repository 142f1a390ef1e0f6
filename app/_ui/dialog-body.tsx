'use client'

import { Modal } from '@mantine/core'
import type { DialogProps } from './dialog'
import { MantineHouse } from './mantine-house'

export function DialogBody({ isOpen, onClose, title, closeLabel, size = 520, children }: DialogProps) {
  return (
    <MantineHouse>
      <Modal
        opened={isOpen}
        onClose={onClose}
        title={title}
        size={size}
        closeButtonProps={{ 'aria-label': closeLabel }}
      >
        {children}
      </Modal>
    </MantineHouse>
  )
}

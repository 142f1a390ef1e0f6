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
        // A header is a landmark of the page unless told otherwise, and a page has one.
        attributes={{ header: { role: 'presentation' } }}
        closeButtonProps={{ 'aria-label': closeLabel }}
      >
        {children}
      </Modal>
    </MantineHouse>
  )
}

'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import styles from './resolve-dialog.module.css'

type ResolveDialogProps = {
  /** Null: closed. */
  contactName: string | null
  onConfirm: () => void
  onClose: () => void
}

/** The one question before a chat is resolved: its customer still waits. */
export function ResolveDialog({ contactName, onConfirm, onClose }: ResolveDialogProps) {
  const t = useTranslations('inbox.resolveWaiting')
  const words = useTranslations('common')
  return (
    <Dialog
      isOpen={contactName !== null}
      onClose={onClose}
      title={t('title', { name: contactName ?? '' })}
      closeLabel={words('close')}
      size={440}
    >
      <p className={styles.text}>{t('text')}</p>
      <div className={styles.actions}>
        <Button onClick={onClose}>{words('cancel')}</Button>
        <Button look="primary" onClick={onConfirm} data-autofocus>
          {t('confirm')}
        </Button>
      </div>
    </Dialog>
  )
}

'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { reasonOf } from '@/app/_client/refusal'
import { useTRPC } from '@/app/_client/trpc'
import { useReason } from '@/app/_client/use-reason'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { TextField } from '@/app/_ui/field'
import styles from './connect-dialog.module.css'

type RenameDialogProps = { channel: { id: string; name: string }; onClose: () => void }

export function RenameDialog({ channel, onClose }: RenameDialogProps) {
  const t = useTranslations('channels')
  const words = useTranslations('common')
  const sayReason = useReason()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [name, setName] = useState(channel.name)
  const rename = useMutation(
    trpc.channels.rename.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: trpc.channels.pathKey() })
        onClose()
      },
    }),
  )

  const submit = (event: FormEvent) => {
    event.preventDefault()
    rename.mutate({ channelId: channel.id, name })
  }

  return (
    <Dialog isOpen onClose={onClose} title={t('rename')} closeLabel={words('close')} size={440}>
      <form onSubmit={submit} className={styles.form}>
        <TextField
          label={t('name')}
          help={t('nameHelp')}
          value={name}
          maxLength={60}
          error={rename.error ? sayReason(reasonOf(rename.error)) : undefined}
          onChange={(event) => setName(event.target.value)}
          data-autofocus
        />
        <div className={styles.actions}>
          <Button onClick={onClose}>{words('cancel')}</Button>
          <Button type="submit" look="primary" disabled={rename.isPending || name.trim() === ''}>
            {words('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { writePhone } from '@/app/_client/phone-number'
import { reasonOf } from '@/app/_client/refusal'
import { useTRPC } from '@/app/_client/trpc'
import { useReason } from '@/app/_client/use-reason'
import { ChannelBadge } from '@/app/_parts/channel-badge'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { TextField } from '@/app/_ui/field'
import type { ChannelSummary } from '@/server/channels/schema'
import styles from './connect-dialog.module.css'
import { PairingSteps } from './pairing-steps'
import { RiskNote } from './risk-note'

type ConnectDialogProps = {
  /** Null: a number that is still to be named. */
  channelId: string | null
  channels: readonly ChannelSummary[]
  onCreated: (channelId: string) => void
  onClose: () => void
}

/** Names a new number, shows the code to scan, and says when it is connected. */
export function ConnectDialog({ channelId, channels, onCreated, onClose }: ConnectDialogProps) {
  const t = useTranslations('channels')
  const words = useTranslations('common')
  const [givenName, setGivenName] = useState('')
  const channel = channels.find(({ id }) => id === channelId)
  const name = channel?.name ?? givenName

  return (
    <Dialog
      isOpen
      onClose={onClose}
      closeLabel={words('close')}
      size={860}
      title={
        <span className={styles.title}>
          <span className={styles.mark}>
            <ChannelBadge kind="whatsapp-bridge" size={22} />
          </span>
          <span>
            {channelId === null
              ? t('add.title')
              : channel?.address
                ? t('qr.again', { channel: name })
                : t('qr.title', { channel: name })}
            <small>
              {channel?.address ? `${writePhone(channel.address)} · ${t('qr.keeps')}` : t('add.bridge')}
            </small>
          </span>
        </span>
      }
    >
      {channelId === null ? (
        <NameForm
          onCreated={(created, chosen) => {
            setGivenName(chosen)
            onCreated(created)
          }}
          onClose={onClose}
        />
      ) : (
        <PairingSteps channelId={channelId} name={name} onClose={onClose} />
      )}
    </Dialog>
  )
}

type NameFormProps = { onCreated: (channelId: string, name: string) => void; onClose: () => void }

function NameForm({ onCreated, onClose }: NameFormProps) {
  const t = useTranslations('channels')
  const words = useTranslations('common')
  const sayReason = useReason()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [name, setName] = useState('')
  const connect = useMutation(
    trpc.channels.connect.mutationOptions({
      onSuccess: async ({ channelId }) => {
        await queryClient.invalidateQueries({ queryKey: trpc.channels.pathKey() })
        onCreated(channelId, name.trim())
      },
    }),
  )

  const submit = (event: FormEvent) => {
    event.preventDefault()
    connect.mutate({ name })
  }

  return (
    <form onSubmit={submit} className={styles.form}>
      <p className={styles.lead}>{t('add.bridgeText')}</p>
      <TextField
        label={t('name')}
        help={t('nameHelp')}
        placeholder={t('nameHint')}
        value={name}
        maxLength={60}
        autoComplete="off"
        error={connect.error ? sayReason(reasonOf(connect.error)) : undefined}
        onChange={(event) => setName(event.target.value)}
        data-autofocus
      />
      <RiskNote />
      <div className={styles.actions}>
        <Button onClick={onClose}>{words('cancel')}</Button>
        <Button type="submit" look="primary" disabled={connect.isPending || name.trim() === ''}>
          {t('add.create')}
        </Button>
      </div>
    </form>
  )
}

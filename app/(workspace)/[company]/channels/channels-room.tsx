'use client'

import { Plus, Smartphone } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCompany } from '@/app/_client/company'
import { Button } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { Failure } from '@/app/_ui/failure'
import { PageFrame } from '@/app/_ui/page-frame'
import type { ChannelSummary } from '@/server/channels/schema'
import { AlarmsMenu } from './alarms-menu'
import { ChannelCard } from './channel-card'
import styles from './channels.module.css'
import { ConnectDialog } from './connect-dialog'
import { RenameDialog } from './rename-dialog'
import { countTones } from './state-look'
import { useLiveChannels } from './use-live-channels'

type Opened = { what: 'connect'; channelId: string | null } | { what: 'rename'; channel: ChannelSummary }

/** All channels with their live state, and the dialogs that act on one of them. */
export function ChannelsRoom() {
  const t = useTranslations('channels')
  const states = useTranslations('states')
  const words = useTranslations('common')
  const { member } = useCompany()
  const { data: channels, isError, refetch } = useLiveChannels()
  const [opened, setOpened] = useState<Opened | null>(null)
  const mayConnect = member.role === 'owner' || member.role === 'admin'
  const maySeeHistory = member.role !== 'agent'
  const close = () => setOpened(null)
  const connectButton = (
    <Button
      look="primary"
      icon={<Plus size={16} aria-hidden="true" />}
      onClick={() => setOpened({ what: 'connect', channelId: null })}
    >
      {t('connect')}
    </Button>
  )

  return (
    <PageFrame
      title={t('title')}
      actions={
        <>
          {member.role === 'agent' ? null : <AlarmsMenu />}
          {mayConnect && channels?.length ? connectButton : null}
        </>
      }
    >
      {channels ? (
        channels.length === 0 ? (
          <EmptyState
            icon={<Smartphone size={20} />}
            title={t('empty.title')}
            actions={mayConnect ? connectButton : null}
          >
            {mayConnect ? t('empty.text') : t('empty.ask')}
          </EmptyState>
        ) : (
          <>
            <Totals channels={channels} />
            <ul className={styles.grid}>
              {channels.map((channel) => (
                <ChannelCard
                  key={channel.id}
                  channel={channel}
                  onScan={
                    mayConnect ? () => setOpened({ what: 'connect', channelId: channel.id }) : undefined
                  }
                  onRename={mayConnect ? () => setOpened({ what: 'rename', channel }) : undefined}
                  hasHistory={maySeeHistory}
                />
              ))}
            </ul>
          </>
        )
      ) : isError ? (
        <Failure title={states('error.title')} retryLabel={words('retry')} onRetry={() => void refetch()}>
          {states('error.text')}
        </Failure>
      ) : (
        <p role="status">{words('loading')}</p>
      )}
      {opened?.what === 'connect' ? (
        <ConnectDialog
          channelId={opened.channelId}
          channels={channels ?? []}
          onCreated={(channelId) => setOpened({ what: 'connect', channelId })}
          onClose={close}
        />
      ) : null}
      {opened?.what === 'rename' ? <RenameDialog channel={opened.channel} onClose={close} /> : null}
    </PageFrame>
  )
}

function Totals({ channels }: { channels: readonly ChannelSummary[] }) {
  const t = useTranslations('channels')
  const { good, silent, bad } = countTones(channels)
  const waiting = channels.reduce((sum, channel) => sum + channel.waiting, 0)
  return (
    <p className={styles.totals}>
      <span className={styles.total} data-tone={good > 0 ? 'good' : 'quiet'}>
        {t('connectedCount', { count: good })}
      </span>
      {silent > 0 ? (
        <span className={styles.total} data-tone="busy">
          {t('silentCount', { count: silent })}
        </span>
      ) : null}
      <span className={styles.total} data-tone={bad > 0 ? 'bad' : 'quiet'}>
        {t('downCount', { count: bad })}
      </span>
      <span className={styles.waitingTotal}>{t('waitingCount', { count: waiting })}</span>
    </p>
  )
}

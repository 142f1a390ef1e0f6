'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { QrCode as QrIcon, RotateCw, TriangleAlert, Unplug } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCompany } from '@/app/_client/company'
import { writePhone } from '@/app/_client/phone-number'
import { reasonOf } from '@/app/_client/refusal'
import { useTRPC } from '@/app/_client/trpc'
import { useReason } from '@/app/_client/use-reason'
import { ChannelBadge } from '@/app/_parts/channel-badge'
import { useChannelNotice } from '@/app/_parts/use-channel-notice'
import { Button } from '@/app/_ui/button'
import { Failure } from '@/app/_ui/failure'
import { PageFrame } from '@/app/_ui/page-frame'
import { showToast } from '@/app/_ui/toast'
import type { ChannelMonitor } from '@/server/monitoring/schema'
import { ConnectDialog } from '../connect-dialog'
import { needsScan, readState, toneOf } from '../state-look'
import { useLiveChannels } from '../use-live-channels'
import { AlarmsCard } from './alarms-card'
import { DeliveryCard } from './delivery-card'
import { HistoryCard } from './history-card'
import { LimitsCard } from './limits-card'
import { LinkBar } from './link-bar'
import styles from './monitor.module.css'
import { UptimeCard } from './uptime-card'
import { useMonitor } from './use-monitor'

/** One number: what happens to its messages now, what its link did, and how its messages fared. */
export function MonitorRoom({ channelId }: { channelId: string }) {
  const t = useTranslations('channels')
  const states = useTranslations('states')
  const words = useTranslations('common')
  const { member } = useCompany()
  const { data, isError, refetch } = useMonitor(channelId)
  const channels = useLiveChannels()
  const [isScanning, setScanning] = useState(false)
  const mayConnect = member.role === 'owner' || member.role === 'admin'

  if (!data) {
    return (
      <PageFrame title={t('title')}>
        {isError ? (
          <Failure title={states('error.title')} retryLabel={words('retry')} onRetry={() => void refetch()}>
            {states('error.text')}
          </Failure>
        ) : (
          <p role="status">{words('loading')}</p>
        )}
      </PageFrame>
    )
  }

  const { channel } = data
  return (
    <PageFrame
      title={<ChannelTitle channel={channel} />}
      remark={channel.address ? writePhone(channel.address) : undefined}
      actions={
        mayConnect && needsScan(channel) ? (
          <Button
            look="primary"
            icon={<QrIcon size={16} aria-hidden="true" />}
            onClick={() => setScanning(true)}
          >
            {t('scan')}
          </Button>
        ) : null
      }
    >
      <div className={styles.room}>
        <Notice channel={channel} mayConnect={mayConnect} />
        <div className={styles.columns}>
          <div className={styles.column}>
            <LinkBar monitor={data} />
            <HistoryCard monitor={data} />
          </div>
          <div className={styles.column}>
            <DeliveryCard monitor={data} />
            <UptimeCard monitor={data} />
            <LimitsCard channel={channel} />
            <AlarmsCard alarms={data.alarms} />
          </div>
        </div>
      </div>
      {isScanning ? (
        <ConnectDialog
          channelId={channelId}
          channels={channels.data ?? []}
          onCreated={() => undefined}
          onClose={() => setScanning(false)}
        />
      ) : null}
    </PageFrame>
  )
}

/** "Canales / Ventas Cali". */
export function ChannelTitle({ channel }: { channel: { id: string; kind: string; name: string } }) {
  const t = useTranslations('channels')
  const { slug } = useCompany()
  return (
    <span className={styles.path}>
      <Link href={`/${slug}/channels`} className={styles.up}>
        {t('title')}
      </Link>
      <span className={styles.slash} aria-hidden="true">
        /
      </span>
      <ChannelBadge kind={channel.kind} size={18} />
      <span>{channel.name}</span>
    </span>
  )
}

function Notice({ channel, mayConnect }: { channel: ChannelMonitor['channel']; mayConnect: boolean }) {
  const t = useTranslations('channels.monitor')
  const noticeOf = useChannelNotice()
  const notice = noticeOf(channel)
  const retry = useRetry()
  if (!notice) return null
  const tone = channel.state === 'connected' ? 'busy' : toneOf(readState(channel.state))
  const mayRetry =
    mayConnect && channel.wanted && channel.kind !== 'simulator' && channel.state !== 'connected'
  return (
    <div className={styles.notice} data-tone={tone} role="status">
      {tone === 'bad' ? (
        <Unplug size={20} aria-hidden="true" />
      ) : (
        <TriangleAlert size={20} aria-hidden="true" />
      )}
      <p>
        <b>{notice.lead}</b>
        {notice.text}
      </p>
      {mayRetry ? (
        <Button
          icon={<RotateCw size={15} aria-hidden="true" />}
          disabled={retry.isPending}
          onClick={() => retry.mutate({ channelId: channel.id })}
        >
          {t('retryNow')}
        </Button>
      ) : null}
    </div>
  )
}

function useRetry() {
  const t = useTranslations('channels.monitor')
  const sayReason = useReason()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  return useMutation(
    trpc.channels.restart.mutationOptions({
      onSuccess: () => void showToast({ message: t('retried') }),
      onError: (error) => void showToast({ message: sayReason(reasonOf(error)), tone: 'bad' }),
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.monitoring.pathKey() }),
    }),
  )
}

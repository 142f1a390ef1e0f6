'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Ellipsis, History, Pause, Pencil, Play, QrCode as QrIcon } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useCompany } from '@/app/_client/company'
import { useNow } from '@/app/_client/now'
import { writePhone } from '@/app/_client/phone-number'
import { reasonOf } from '@/app/_client/refusal'
import { useTRPC } from '@/app/_client/trpc'
import { useAgo } from '@/app/_client/use-formats'
import { useReason } from '@/app/_client/use-reason'
import { ChannelBadge } from '@/app/_parts/channel-badge'
import { Button, buttonClass } from '@/app/_ui/button'
import { IconButton } from '@/app/_ui/icon-button'
import { Menu, type MenuItem } from '@/app/_ui/menu'
import { showToast } from '@/app/_ui/toast'
import type { ChannelSummary } from '@/server/channels/schema'
import styles from './channels.module.css'
import { StateChip } from './state-chip'
import { needsScan, readState, toneOf } from './state-look'

type ChannelCardProps = {
  channel: ChannelSummary
  /** Absent for who may not connect. */
  onScan?: (() => void) | undefined
  onRename?: (() => void) | undefined
  /** Agents read the bar in their chats instead. */
  hasHistory: boolean
}

export function ChannelCard({ channel, onScan, onRename, hasHistory }: ChannelCardProps) {
  const t = useTranslations('channels')
  const { slug } = useCompany()
  const ago = useAgo()
  const router = useRouter()
  const setWanted = useSetWanted()
  const isPhone = channel.kind === 'simulator'
  const state = readState(channel.state)
  const isDue = needsScan(channel)
  const known = KINDS.find((kind) => kind === channel.kind)

  const items: MenuItem[] = []
  const historyPath = `/${slug}/channels/${channel.id}`
  if (hasHistory) {
    items.push({
      id: 'history',
      label: t('history.open'),
      icon: <History size={16} />,
      onSelect: () => router.push(historyPath),
    })
  }
  if (onRename) {
    items.push({ id: 'rename', label: t('rename'), icon: <Pencil size={16} />, onSelect: onRename })
  }
  if (onScan && !isPhone) {
    items.push({
      id: 'wanted',
      label: channel.wanted ? t('pause') : t('resume'),
      icon: channel.wanted ? <Pause size={16} /> : <Play size={16} />,
      onSelect: () => setWanted.mutate({ channelId: channel.id, wanted: !channel.wanted }),
    })
  }

  return (
    <li className={styles.card} data-tone={isPhone ? 'quiet' : toneOf(state)}>
      <div className={styles.head}>
        <span className={styles.mark}>
          <ChannelBadge kind={channel.kind} size={20} />
        </span>
        <span className={styles.title}>
          <h2>{channel.name}</h2>
          <span>
            {known ? t(`kind.${known}`) : channel.kind}
            {channel.address ? ` · ${writePhone(channel.address)}` : isPhone ? ` · ${t('onlyTeam')}` : ''}
          </span>
        </span>
        {items.length > 0 ? (
          <Menu
            label={t('options', { channel: channel.name })}
            place="bottom-end"
            items={items}
            trigger={(trigger) => (
              <IconButton {...trigger} label={t('options', { channel: channel.name })} tip="bottom-end">
                <Ellipsis size={16} aria-hidden="true" />
              </IconButton>
            )}
          />
        ) : null}
      </div>
      <div className={styles.state}>
        <StateChip state={state} isPhone={isPhone} />
        {isPhone ? null : <Since at={channel.stateSince} />}
      </div>
      <dl className={styles.facts}>
        <Fact label={t('lastIn')} value={channel.lastInAt ? ago(channel.lastInAt) : t('never')} />
        <Fact label={t('lastOut')} value={channel.lastOutAt ? ago(channel.lastOutAt) : t('never')} />
        <Fact label={t('menu')} value={channel.menuName ?? t('noMenu')} />
        <Fact label={t('team')} value={channel.defaultTeamName ?? t('noTeam')} />
      </dl>
      <div className={styles.foot}>
        <span>{t('waiting', { count: channel.waiting })}</span>
        {isPhone ? (
          <Link href={`/${slug}/simulator`} className={buttonClass({ size: 'sm' })}>
            {t('openPhone')}
          </Link>
        ) : isDue && onScan ? (
          <Button size="sm" icon={<QrIcon size={14} aria-hidden="true" />} onClick={onScan}>
            {t('scan')}
          </Button>
        ) : hasHistory ? (
          <Link href={historyPath} className={styles.history}>
            {t('history.open')}
          </Link>
        ) : null}
      </div>
    </li>
  )
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  )
}

const KINDS = ['whatsapp-bridge', 'whatsapp-cloud', 'instagram', 'simulator'] as const

/** "desde hace 12 d"; a state of this minute has no "since" yet. */
function Since({ at }: { at: Date }) {
  const t = useTranslations('channels')
  const ago = useAgo()
  const isFresh = useNow() - at.getTime() < MINUTE
  return <span>{isFresh ? ago(at) : t('since', { ago: ago(at) })}</span>
}

const MINUTE = 60_000

function useSetWanted() {
  const sayReason = useReason()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  return useMutation(
    trpc.channels.setWanted.mutationOptions({
      onError: (error) => void showToast({ message: sayReason(reasonOf(error)), tone: 'bad' }),
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.channels.pathKey() }),
    }),
  )
}

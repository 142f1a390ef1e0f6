'use client'

import { useQuery } from '@tanstack/react-query'
import { TRPCClientError } from '@trpc/client'
import { SearchX, TriangleAlert, Users } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { RefObject } from 'react'
import { useCompany } from '@/app/_client/company'
import { useNow } from '@/app/_client/now'
import { writeName } from '@/app/_client/phone-number'
import { useTRPC } from '@/app/_client/trpc'
import { useChannelNotice } from '@/app/_parts/use-channel-notice'
import { Banner } from '@/app/_ui/banner'
import { Button, buttonClass } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { SkeletonRows } from '@/app/_ui/skeleton-row'
import type { ConversationDetails } from '@/server/conversations/schema'
import { Composer, type ComposerMode } from './composer'
import { LoadFailure, OfflineInstead } from './load-failure'
import { PassPicker, type PassTarget, type PickerKind } from './pass-picker'
import { ThreadBody } from './thread-body'
import { type ChatActions, ThreadHeader } from './thread-header'
import styles from './thread-pane.module.css'
import { useDraft } from './use-draft'
import { useLookers } from './use-lookers'
import { useOlderMessages } from './use-older-messages'

/** How long a resolution can be taken back, in ms: what the server allows. */
const UNDO_MILLISECONDS = 60_000

type ThreadPaneProps = ChatActions & {
  details: ConversationDetails
  mode: ComposerMode
  onMode: (mode: ComposerMode) => void
  onSend: (text: string, thenResolve: boolean) => void
  onRetry: (messageId: string) => void
  picking: PickerKind | null
  onPicking: (kind: PickerKind | null) => void
  onAssign: (target: PassTarget) => void
  onPass: (target: PassTarget, note: string) => void
  isDetailsOpen: boolean
  onDetails: () => void
  onBack: () => void
  fieldRef: RefObject<HTMLTextAreaElement | null>
}

/** The open chat: header, what disturbs it, messages, and the box to write in. */
export function ThreadPane({
  details,
  mode,
  onMode,
  onSend,
  onRetry,
  onAssign,
  onPass,
  ...header
}: ThreadPaneProps) {
  const { row, channel, messages, events, unreadCount, olderFrom } = details
  const t = useTranslations('inbox')
  const trpc = useTRPC()
  const { slug, member } = useCompany()
  const now = useNow()
  const members = useQuery(trpc.members.list.queryOptions())
  const teams = useQuery(trpc.members.teams.queryOptions())
  const older = useOlderMessages(row.id)
  const [draft, setDraft] = useDraft(slug, row.id, mode)
  const { fieldRef, ...head } = header
  const isResolved = row.state === 'resolved'

  return (
    <>
      <ThreadHeader
        {...head}
        row={row}
        isMine={row.assigneeId === member.id}
        canUndoResolution={row.resolvedAt !== null && now - row.resolvedAt.getTime() < UNDO_MILLISECONDS}
        picker={(close) => (
          <PassPicker
            kind={head.picking ?? 'transfer'}
            members={members.data ?? []}
            teams={teams.data ?? []}
            assigneeId={row.assigneeId}
            memberId={member.id}
            onPass={(target, note) => {
              close()
              if (head.picking === 'assign') onAssign(target)
              else onPass(target, note)
            }}
          />
        )}
      />
      <ChannelBar channelId={channel.id} />
      <LookersBar conversationId={row.id} />
      <ThreadBody
        contactName={writeName(row.contactName)}
        channelName={channel.name}
        memberId={member.id}
        messages={messages}
        events={events}
        unreadCount={unreadCount}
        hasOlder={olderFrom !== null}
        older={older}
        onRetry={onRetry}
      />
      {isResolved ? (
        <p className={styles.resolved}>{t('composer.resolvedText')}</p>
      ) : (
        <Composer
          channel={channel}
          mode={mode}
          onMode={onMode}
          draft={draft}
          onDraft={setDraft}
          onSend={(text, thenResolve) => {
            setDraft('')
            onSend(text, thenResolve)
          }}
          fieldRef={fieldRef}
        />
      )}
    </>
  )
}

/** A channel that is down says in its chats what happens to messages now. */
function ChannelBar({ channelId }: { channelId: string }) {
  const t = useTranslations('channels.now')
  const noticeOf = useChannelNotice()
  const trpc = useTRPC()
  const channels = useQuery(trpc.channels.list.queryOptions())
  const { slug, member } = useCompany()
  const channel = channels.data?.find(({ id }) => id === channelId)
  const notice = channel && noticeOf(channel)
  if (!notice) return null
  return (
    <Banner
      tone="warning"
      icon={<TriangleAlert size={16} />}
      action={
        member.role !== 'agent' ? (
          <Link href={`/${slug}/channels/${channel.id}`} className={buttonClass({ size: 'sm' })}>
            {t('fix')}
          </Link>
        ) : undefined
      }
    >
      <b>{notice.lead}</b> {notice.text}
    </Banner>
  )
}

function LookersBar({ conversationId }: { conversationId: string }) {
  const t = useTranslations('inbox.thread')
  const lookers = useLookers(conversationId)
  if (lookers.length === 0) return null
  const names = lookers.map(({ name }) => name.split(' ')[0]).join(', ')
  return (
    <p className={styles.lookers} role="status">
      <Users size={14} aria-hidden="true" />
      {t('lookers', { names, count: lookers.length })}
    </p>
  )
}

/** In the place of a chat: still on its way, gone, or not readable now. */
export function ThreadInstead({
  error,
  isPaused,
  onRetry,
  onBack,
}: {
  error: unknown
  /** Nothing is asked for now, because this computer is offline. */
  isPaused: boolean
  onRetry: () => void
  onBack: () => void
}) {
  const t = useTranslations('inbox.error')
  const words = useTranslations('common')
  if (!error && isPaused) return <OfflineInstead />
  if (!error) return <SkeletonRows count={6} label={words('loading')} />
  if (error instanceof TRPCClientError && error.data?.httpStatus === 404) {
    return (
      <EmptyState
        icon={<SearchX size={20} />}
        title={t('gone')}
        actions={<Button onClick={onBack}>{words('back')}</Button>}
      >
        {t('goneText')}
      </EmptyState>
    )
  }
  return <LoadFailure title={t('thread')} error={error} onRetry={onRetry} />
}

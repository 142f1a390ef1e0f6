'use client'

import { FlaskConical, Inbox, SendHorizontal } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { type FormEvent, useEffect, useState } from 'react'
import { useCompany } from '@/app/_client/company'
import { useRealtime } from '@/app/_client/realtime'
import { StatusRing } from '@/app/_parts/status-ring'
import { initialsOf } from '@/app/_ui/avatar'
import { Button, buttonClass } from '@/app/_ui/button'
import { SkeletonRows } from '@/app/_ui/skeleton-row'
import type { ConversationRow } from '@/server/conversations/schema'
import { ChatStatusLine } from '../inbox/chat-status-line'
import { ThreadBody } from '../inbox/thread-body'
import { useChatActions } from '../inbox/use-chat-actions'
import { useInboxCache, useLiveInbox } from '../inbox/use-live-inbox'
import { useOlderMessages } from '../inbox/use-older-messages'
import { useOpenChat } from '../inbox/use-open-chat'
import styles from './first-chat.module.css'

type FirstChatProps = {
  chatId: string
  /** Answering is what the page asks for now. */
  isNext: boolean
}

/** The chat of the test customer as the inbox has it, with just enough to answer. */
export function FirstChat({ chatId, isNext }: FirstChatProps) {
  const t = useTranslations('welcome.try')
  const words = useTranslations('common')
  const { member } = useCompany()
  const { data, isError } = useOpenChat(chatId)
  const details = data?.row.id === chatId ? data : null
  const actions = useChatActions(details)
  const older = useOlderMessages(chatId)
  useLiveInbox(chatId)
  useReadAgain(chatId)

  if (!details && isError) return null
  if (!details) {
    return (
      <section className={styles.inbox} aria-label={t('inbox')}>
        <SkeletonRows count={4} label={words('loading')} />
      </section>
    )
  }
  const { row } = details
  return (
    <section className={styles.inbox} aria-label={t('inbox')}>
      <header className={styles.head}>
        <StatusRing
          state={row.state}
          contact={{ id: row.contactId, initials: initialsOf(row.contactName) }}
          channelKind={row.channelKind}
        />
        <span className={styles.name}>
          <b>{row.contactName}</b>
          <ChatStatusLine row={{ ...row, teamName: null }} />
        </span>
        <span className={styles.mark}>
          <FlaskConical size={13} aria-hidden="true" />
          {words('demo')}
        </span>
      </header>
      <div className={styles.thread}>
        <ThreadBody
          contactName={row.contactName}
          channelName={details.channel.name}
          memberId={member.id}
          messages={details.messages}
          events={details.events}
          unreadCount={0}
          hasOlder={details.olderFrom !== null}
          older={older}
          onRetry={actions.retry}
        />
      </div>
      <Answer row={row} isNext={isNext} onSend={(text) => actions.send(text, false, false)} />
    </section>
  )
}

/** What is pushed within this time is read at once. */
const GATHER_MS = 300

/**
 * Looks at the chat as the inbox does: its messages are pushed to who looks. It is read again when the looking has begun
 * and after each push, for it appears here in the very moment in which its customer writes.
 */
function useReadAgain(chatId: string) {
  const { listen, look } = useRealtime()
  const { refreshThread } = useInboxCache()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const readSoon = () => {
      clearTimeout(timer)
      timer = setTimeout(() => void refreshThread(chatId), GATHER_MS)
    }
    const stopLooking = look(chatId, readSoon)
    const stopListening = listen((event) => {
      if (event.type === 'message.changed' && event.conversationId === chatId) readSoon()
    })
    return () => {
      clearTimeout(timer)
      stopLooking()
      stopListening()
    }
  }, [listen, look, refreshThread, chatId])
}

type AnswerProps = { row: ConversationRow; isNext: boolean; onSend: (text: string) => void }

/** Where one writes; a chat that is not mine, or is over, goes on in the inbox. */
function Answer({ row, isNext, onSend }: AnswerProps) {
  const t = useTranslations('welcome.try')
  const words = useTranslations('inbox.composer')
  const { slug, member } = useCompany()
  const [text, setText] = useState('')

  if (row.assigneeId !== member.id || row.state === 'resolved') {
    return (
      <div className={styles.answer}>
        <Link href={`/${slug}/inbox/${row.id}`} className={buttonClass({ size: 'md' })}>
          <Inbox size={15} aria-hidden="true" />
          {t('openChat')}
        </Link>
      </div>
    )
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === '') return
    onSend(text.trim())
    setText('')
  }
  return (
    <form className={styles.answer} onSubmit={send}>
      <input
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={words('replyHint')}
        aria-label={words('reply')}
        autoComplete="off"
        maxLength={4096}
      />
      <Button
        type="submit"
        look={isNext ? 'primary' : 'plain'}
        iconAfter={<SendHorizontal size={15} aria-hidden="true" />}
      >
        {words('send')}
      </Button>
    </form>
  )
}

/** The place of the chat before there is one. */
export function NoChatYet() {
  const t = useTranslations('welcome.try')
  return (
    <section className={`${styles.inbox} ${styles.empty}`} aria-label={t('inbox')}>
      <Inbox size={20} aria-hidden="true" />
      <span>
        <b>{t('emptyTitle')}</b>
        {t('emptyText')}
      </span>
    </section>
  )
}

'use client'

import { useTranslations } from 'next-intl'
import { memo } from 'react'
import { formatTime } from '@/app/_client/format'
import { useFormats } from '@/app/_client/use-formats'
import { MessageBubble, Note } from '@/app/_parts/message-bubble'
import type { AuthorKind, ThreadMessage as Message } from '@/server/conversations/schema'
import { useFailureWords } from './failure-words'

type ThreadMessageProps = {
  message: Message
  isFirst: boolean
  showsAuthor: boolean
  channelName: string
  /** This computer is offline, and the message waits for it. */
  waitsForInternet: boolean
  onRetry: (messageId: string) => void
}

/** A stored message, drawn as a bubble or as a note. */
export const ThreadMessage = memo(function ThreadMessage({
  message,
  isFirst,
  showsAuthor,
  channelName,
  waitsForInternet,
  onRetry,
}: ThreadMessageProps) {
  const t = useTranslations('inbox.message')
  const formats = useFormats()
  const failureWords = useFailureWords()
  const { author, failure, status } = message
  const time = formatTime(message.at, formats)

  if (message.direction === 'note') {
    const name = author.name ?? t('system')
    return <Note authorId={author.id ?? name} authorName={name} text={message.text} time={time} />
  }
  const isMenu = author.kind === 'bot'
  return (
    <MessageBubble
      look={message.direction === 'in' ? 'in' : isMenu ? 'menu' : 'out'}
      text={message.kind === 'text' ? message.text : t('unsupported')}
      time={time}
      status={status}
      isFirst={isFirst}
      boldKeys={isMenu}
      author={showsAuthor ? { kind: author.kind, name: nameOf(author.kind, author.name) } : undefined}
      failure={
        status === 'failed'
          ? {
              reason: failureWords(message, channelName),
              code: failure?.code ?? 'unknown',
              onRetry: failure?.final ? undefined : () => onRetry(message.id),
            }
          : undefined
      }
      remark={waitsForInternet && status === 'queued' ? t('willSend') : undefined}
    />
  )

  function nameOf(kind: AuthorKind, name: string | null): string {
    if (kind === 'bot') return t('menu')
    if (kind === 'phone') return t('phone')
    if (kind === 'api') return t('api')
    // Colleagues are on first-name terms.
    return name?.split(' ')[0] ?? t('system')
  }
})

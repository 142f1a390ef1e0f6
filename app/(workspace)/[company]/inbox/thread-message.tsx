'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { memo } from 'react'
import { formatTime } from '@/app/_client/format'
import { useFormats } from '@/app/_client/use-formats'
import { MessageBubble, Note } from '@/app/_parts/message-bubble'
import type { AuthorKind, ThreadMessage as Message } from '@/server/conversations/schema'
import { Deleted } from './deleted'
import { useFailureWords } from './failure-words'
import { QuoteBlock } from './quote-block'
import { Reactions } from './reactions'

// Pictures, players and cards come with the first message that is more than text.
const KindBody = dynamic(() => import('./kinds/kind-body').then((module) => module.KindBody), { ssr: false })

type ThreadMessageProps = {
  message: Message
  isFirst: boolean
  showsAuthor: boolean
  contactName: string
  channelName: string
  /** This computer is offline, and the message waits for it. */
  waitsForInternet: boolean
  onRetry: (messageId: string) => void
  /** Leads to a message of this chat. */
  onJump: (messageId: string) => void
}

/** A stored message, drawn as a bubble or as a note. */
export const ThreadMessage = memo(function ThreadMessage({
  message,
  isFirst,
  showsAuthor,
  contactName,
  channelName,
  waitsForInternet,
  onRetry,
  onJump,
}: ThreadMessageProps) {
  const t = useTranslations('inbox.message')
  const formats = useFormats()
  const failureWords = useFailureWords()
  const { author, failure, status, quote, deletedAt } = message
  const time = formatTime(message.at, formats)

  if (message.direction === 'note') {
    const name = author.name ?? t('system')
    return <Note authorId={author.id ?? name} authorName={name} text={message.text} time={time} />
  }
  const isMenu = author.kind === 'bot'
  return (
    <MessageBubble
      id={message.id}
      look={message.direction === 'in' ? 'in' : isMenu ? 'menu' : 'out'}
      text={deletedAt || message.kind === 'poll' ? '' : message.text}
      fit={deletedAt ? 'text' : fitOf(message)}
      mark={message.editedAt && !deletedAt ? t('edited') : undefined}
      body={
        <>
          {quote ? (
            <QuoteBlock
              quote={quote}
              contactName={contactName}
              onJump={quote.messageId === null ? undefined : () => onJump(quote.messageId ?? '')}
            />
          ) : null}
          {deletedAt ? (
            <Deleted
              words={t(message.direction === 'in' ? 'deletedByCustomer' : 'deletedByUs', {
                name: contactName,
                time: formatTime(deletedAt, formats),
              })}
              text={message.text}
            />
          ) : null}
          {isMore(message) ? <KindBody message={message} onOpen={() => openFile(message)} /> : null}
        </>
      }
      edge={
        message.reactions.length > 0 ? (
          <Reactions reactions={message.reactions} contactName={contactName} />
        ) : undefined
      }
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

/** Whether anything stands above the text. */
const isMore = ({ kind, content, attachment, viewOnce }: Message): boolean =>
  kind !== 'text' || content !== null || attachment !== null || viewOnce

function fitOf({ kind, attachment, text }: Message): 'text' | 'picture' | 'player' | 'bare' {
  if (attachment === null) return 'text'
  if (kind === 'sticker') return attachment.state === 'stored' ? 'bare' : 'text'
  if (kind === 'voice' || kind === 'audio')
    return attachment.state === 'stored' && text === '' ? 'player' : 'text'
  const isPicture = kind === 'image' || kind === 'video' || kind === 'gif'
  return isPicture ? 'picture' : 'text'
}

/** The signed address shows what is safe to show and hands down the rest. */
function openFile({ attachment }: Message): void {
  if (attachment?.url) window.open(attachment.url, '_blank', 'noopener')
}

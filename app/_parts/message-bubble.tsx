import { Bot, RotateCw, Smartphone } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Avatar, initialsOf } from '@/app/_ui/avatar'
import { Button } from '@/app/_ui/button'
import type { AuthorKind, MessageStatus } from '@/server/conversations/schema'
import { MarkedText } from './marked-text'
import styles from './message-bubble.module.css'
import { Ticks } from './ticks'

/** Who a bubble speaks for: it decides the side and the colour. */
export type BubbleLook = 'in' | 'out' | 'menu'

type MessageBubbleProps = {
  /** Found by it when another message quotes this one. */
  id?: string
  look: BubbleLook
  text: string
  /** Already written for the reader: "9:58". */
  time: string
  status?: MessageStatus | null | undefined
  /** Shown once per run, above its first bubble. */
  author?: { name: string; kind: AuthorKind } | undefined
  /** The first of a run has a corner and some air above. */
  isFirst?: boolean
  /** What happened in plain words, with the way out; the code lives in the tooltip. */
  failure?: { reason: string; code: string; onRetry?: (() => void) | undefined } | undefined
  /** A line under the bubble: "it leaves when the connection is back". */
  remark?: string | undefined
  /** Text of the menu: its keys, and what stands between stars, are set in bold. */
  boldKeys?: boolean
  /** What stands above the text: what is answered, a picture, a voice note. */
  body?: ReactNode
  /** A picture goes to the edge of its bubble; a player has its time beside ours; `bare`: no bubble at all, as for a sticker. */
  fit?: 'text' | 'picture' | 'player' | 'bare'
  /** Before the time: "Edited". */
  mark?: ReactNode
  /** On the lower edge of the bubble: reactions. */
  edge?: ReactNode
}

const FIT = { text: '', picture: styles.picture ?? '', player: styles.player ?? '', bare: styles.bare ?? '' }

export function MessageBubble({
  id,
  look,
  text,
  time,
  status,
  author,
  isFirst = false,
  failure,
  remark,
  boldKeys = false,
  body,
  fit = 'text',
  mark,
  edge,
}: MessageBubbleProps) {
  const t = useTranslations('inbox')
  const hasFailed = status === 'failed'
  const side = look === 'in' ? styles.in : styles.out
  return (
    <div
      className={`${styles.message} ${side} ${isFirst ? styles.first : ''}`}
      data-message={id}
      {...(id ? { tabIndex: -1 } : {})}
    >
      <div
        className={`${styles.bubble} ${look === 'menu' ? styles.menu : ''} ${hasFailed ? styles.failed : ''} ${FIT[fit]}`}
      >
        {author ? (
          <div className={styles.author}>
            {author.kind === 'bot' ? <Bot size={14} aria-hidden="true" /> : null}
            {author.kind === 'phone' ? <Smartphone size={13} aria-hidden="true" /> : null}
            {author.name}
          </div>
        ) : null}
        {body}
        <div className={fit === 'picture' ? styles.caption : undefined}>
          {text === '' ? null : (
            <span className={styles.text}>
              <MarkedText text={boldKeys ? withBoldKeys(text) : text} />
            </span>
          )}
          <span className={styles.meta}>
            {mark ? <span>{mark}</span> : null}
            {time}
            {look !== 'in' && status ? <Ticks status={status} /> : null}
          </span>
        </div>
      </div>
      {edge}
      {failure ? (
        <div className={styles.failure}>
          <span title={t('message.code', { code: failure.code })}>
            <b>{t('message.failedLead')}</b> {failure.reason}
          </span>
          {failure.onRetry ? (
            <Button size="sm" icon={<RotateCw size={14} aria-hidden="true" />} onClick={failure.onRetry}>
              {t('message.retry')}
            </Button>
          ) : null}
        </div>
      ) : null}
      {remark ? <div className={styles.remark}>{remark}</div> : null}
    </div>
  )
}

/** Digits that lead a line of the menu stand out also where it was written without stars. */
const withBoldKeys = (text: string): string => text.replace(/^(\d{1,2})(?:[.)])?(?=\s)/gm, '*$1*')

type NoteProps = { authorId: string; authorName: string; text: string; time: string }

/** An internal note: full width and yellow, never on a side. */
export function Note({ authorId, authorName, text, time }: NoteProps) {
  const t = useTranslations('inbox.message')
  return (
    <div className={styles.note}>
      <div className={styles.noteHead}>
        <Avatar id={authorId} initials={initialsOf(authorName)} />
        {t('note', { name: authorName })}
        <span className={styles.noteTime}>{time}</span>
      </div>
      <span className={styles.text}>{text}</span>
    </div>
  )
}

import { Bot, RotateCw, Smartphone } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Avatar, initialsOf } from '@/app/_ui/avatar'
import { Button } from '@/app/_ui/button'
import type { AuthorKind, MessageStatus } from '@/server/conversations/schema'
import styles from './message-bubble.module.css'
import { Ticks } from './ticks'

/** Who a bubble speaks for: it decides the side and the colour. */
export type BubbleLook = 'in' | 'out' | 'menu'

type MessageBubbleProps = {
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
}

export function MessageBubble({
  look,
  text,
  time,
  status,
  author,
  isFirst = false,
  failure,
  remark,
  boldKeys = false,
}: MessageBubbleProps) {
  const t = useTranslations('inbox')
  const hasFailed = status === 'failed'
  const side = look === 'in' ? styles.in : styles.out
  return (
    <div className={`${styles.message} ${side} ${isFirst ? styles.first : ''}`}>
      <div
        className={`${styles.bubble} ${look === 'menu' ? styles.menu : ''} ${hasFailed ? styles.failed : ''}`}
      >
        {author ? (
          <div className={styles.author}>
            {author.kind === 'bot' ? <Bot size={14} aria-hidden="true" /> : null}
            {author.kind === 'phone' ? <Smartphone size={13} aria-hidden="true" /> : null}
            {author.name}
          </div>
        ) : null}
        <span className={styles.text}>{boldKeys ? withBoldKeys(text) : text}</span>
        <span className={styles.meta}>
          {time}
          {look !== 'in' && status ? <Ticks status={status} /> : null}
        </span>
      </div>
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

/**
 * The menu writes for WhatsApp, where stars set in bold: "*1* Ventas". Digits that lead a line without stars stand out
 * all the same. Elements only: nothing of the text is ever read as HTML.
 */
function withBoldKeys(text: string): ReactNode {
  return text.split('\n').map((line, index) => {
    // Lines of one message never change their places.
    const at = `${index}`
    return (
      <span key={at}>
        {index > 0 ? '\n' : ''}
        {withBold(line.replace(/^(\d{1,2})(?:[.)])?(?=\s)/, '*$1*'))}
      </span>
    )
  })
}

/** A star opens before a letter and closes after one, within one line, as WhatsApp has it. */
const BOLD = /\*([^\s*](?:[^*]*[^\s*])?)\*/

function withBold(line: string): ReactNode[] {
  // Splitting by a group leaves what stood between stars at every odd place.
  return line.split(BOLD).map((part, index) => {
    const at = `${index}`
    return index % 2 === 1 ? <b key={at}>{part}</b> : part
  })
}

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

'use client'

import { SendHorizontal, StickyNote } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { KeyboardEvent, RefObject } from 'react'
import { useNow } from '@/app/_client/now'
import { useSpan } from '@/app/_client/use-formats'
import { ChannelBadge } from '@/app/_parts/channel-badge'
import { Button } from '@/app/_ui/button'
import { Kbd } from '@/app/_ui/kbd'
import styles from './composer.module.css'

export type ComposerMode = 'reply' | 'note'

/** The longest text that channels take. */
const LONGEST = 4_096

type ComposerProps = {
  channel: { kind: string; name: string }
  mode: ComposerMode
  onMode: (mode: ComposerMode) => void
  /** What was written and not sent; kept per chat by the caller. */
  draft: string
  onDraft: (text: string) => void
  /** `thenResolve`: Ctrl Enter, the answer and the end of the chat in one. */
  onSend: (text: string, thenResolve: boolean) => void
  /** End of the time in which the channel takes free text; absent where the channel has no window. */
  windowEndsAt?: Date | null
  fieldRef: RefObject<HTMLTextAreaElement | null>
}

/** The box where answers and notes are written. Writing a note turns all of it yellow. */
export function Composer({
  channel,
  mode,
  onMode,
  draft,
  onDraft,
  onSend,
  windowEndsAt = null,
  fieldRef,
}: ComposerProps) {
  const t = useTranslations('inbox.composer')
  const isNote = mode === 'note'
  const isWindowOver = useNow() > (windowEndsAt?.getTime() ?? Number.POSITIVE_INFINITY)
  const isClosed = isWindowOver && !isNote
  const tooMany = draft.length - LONGEST
  const canSend = draft.trim() !== '' && tooMany <= 0 && !isClosed

  const send = (thenResolve: boolean) => {
    if (canSend) onSend(draft.trim(), thenResolve && !isNote)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') fieldRef.current?.blur()
    // Enter of an accent or a word being composed belongs to the keyboard.
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    const wantsResolve = event.ctrlKey || event.metaKey
    // A thumb has no Shift at hand: on a touch screen Enter adds a line.
    const addsLine = event.shiftKey || (!wantsResolve && window.matchMedia('(pointer: coarse)').matches)
    if (addsLine) return
    event.preventDefault()
    send(wantsResolve)
  }

  return (
    <form
      className={styles.place}
      aria-label={t('label')}
      onSubmit={(event) => {
        event.preventDefault()
        send(false)
      }}
    >
      <div className={styles.box} data-note={isNote || undefined}>
        <div className={styles.tabs}>
          {(['reply', 'note'] as const).map((tab) => (
            <button
              key={tab}
              type="button"
              className={styles.tab}
              aria-pressed={mode === tab}
              aria-keyshortcuts={tab === 'reply' ? 'R' : 'N'}
              onClick={() => {
                onMode(tab)
                fieldRef.current?.focus()
              }}
            >
              {t(tab)} <Kbd onWideOnly>{tab === 'reply' ? 'R' : 'N'}</Kbd>
            </button>
          ))}
          <span className={styles.gap} />
          {isNote ? null : (
            <span className={styles.from} title={t('fromSays')}>
              <ChannelBadge kind={channel.kind} size={14} />
              <span className={styles.wideOnly}>{t('from')}</span>
              <b>{channel.name}</b>
            </span>
          )}
        </div>
        <div className={styles.writing}>
          <button
            type="button"
            className={styles.noteSwitch}
            aria-pressed={isNote}
            aria-label={t('note')}
            onClick={() => onMode(isNote ? 'reply' : 'note')}
          >
            <StickyNote size={20} aria-hidden="true" />
          </button>
          {/* The mirror beside the field has the same text, so the field grows with it. */}
          <div className={styles.grow} data-text={`${draft} `}>
            <textarea
              ref={fieldRef}
              rows={1}
              value={draft}
              disabled={isClosed}
              aria-label={t(isNote ? 'note' : 'reply')}
              placeholder={isClosed ? t('windowClosed') : t(isNote ? 'noteHint' : 'replyHint')}
              onChange={(event) => onDraft(event.target.value)}
              onKeyDown={onKeyDown}
            />
          </div>
        </div>
        <div className={styles.foot}>
          {windowEndsAt && !isNote ? <WindowTimer endsAt={windowEndsAt} /> : null}
          {tooMany > 0 ? (
            <span className={styles.tooLong} role="alert">
              {t('tooLong', { count: tooMany })}
            </span>
          ) : (
            <span className={styles.keys}>{t('keys')}</span>
          )}
          <span className={styles.gap} />
          <Button
            type="submit"
            look="primary"
            size="sm"
            disabled={!canSend}
            iconAfter={<SendHorizontal size={14} aria-hidden="true" />}
            title={isNote ? undefined : `${t('sendResolve')}: Ctrl Enter`}
          >
            {t(isNote ? 'saveNote' : 'send')}
          </Button>
        </div>
        <button
          type="submit"
          className={styles.roundSend}
          disabled={!canSend}
          aria-label={t(isNote ? 'saveNote' : 'send')}
        >
          <SendHorizontal size={20} aria-hidden="true" />
        </button>
      </div>
    </form>
  )
}

const HOUR = 3_600_000

/** Green, amber under two hours, red under thirty minutes. */
function WindowTimer({ endsAt }: { endsAt: Date }) {
  const t = useTranslations('inbox.composer')
  const span = useSpan()
  const left = Math.max(0, endsAt.getTime() - useNow())
  const tone = left < HOUR / 2 ? styles.late : left < 2 * HOUR ? styles.soon : styles.fine
  return (
    <span className={`${styles.window} ${tone}`} title={t('windowSays')}>
      {t('window', { span: span(left) })}
    </span>
  )
}

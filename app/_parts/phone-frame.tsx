'use client'

import { SendHorizontal } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { initialsOf } from '@/app/_ui/avatar'
import { MessageBubble } from './message-bubble'
import styles from './phone-frame.module.css'

export type PhoneMessage = {
  id: string
  /** Whose side it is on seen from the phone: `out` is what the customer wrote. */
  direction: 'in' | 'out'
  text: string
  time: string
  status?: 'queued' | 'sent' | 'delivered' | 'read' | 'failed'
}

type PhoneFrameProps = {
  /** The company, as the customer sees it. */
  companyName: string
  /** Under the name; by default that it is online. */
  remark?: string
  messages: PhoneMessage[]
  /** Shown while there are no messages. */
  emptyText?: string
  /** Leave out for a phone that only shows. */
  onSend?: (text: string) => void
  /** Under the phone. */
  caption?: ReactNode
  corner?: ReactNode
}

/** A phone drawn in the page. It only shows what it is given: the simulator and the menu preview share it. */
export function PhoneFrame({
  companyName,
  remark,
  messages,
  emptyText,
  onSend,
  caption,
  corner,
}: PhoneFrameProps) {
  const t = useTranslations('simulator')
  const scroller = useRef<HTMLDivElement>(null)
  const newestId = messages.at(-1)?.id

  useEffect(() => {
    if (newestId) scroller.current?.scrollTo({ top: scroller.current.scrollHeight })
  }, [newestId])

  return (
    <figure className={styles.figure}>
      <div className={styles.phone}>
        <div className={styles.screen}>
          <header className={styles.head}>
            <span className={styles.logo} aria-hidden="true">
              {initialsOf(companyName)}
            </span>
            <span className={styles.title}>
              <b>{companyName}</b>
              <small>{remark ?? t('online')}</small>
            </span>
            {corner}
          </header>
          <div className={styles.messages} ref={scroller} role="log" aria-label={t('title')}>
            {messages.length === 0 && emptyText ? <p className={styles.empty}>{emptyText}</p> : null}
            {messages.map((message) => (
              <MessageBubble
                key={message.id}
                look={message.direction === 'out' ? 'out' : 'in'}
                text={message.text}
                time={message.time}
                status={message.status}
                isFirst
                boldKeys={message.direction === 'in'}
              />
            ))}
          </div>
          {onSend ? <PhoneInput onSend={onSend} /> : null}
        </div>
      </div>
      {caption ? <figcaption className={styles.caption}>{caption}</figcaption> : null}
    </figure>
  )
}

function PhoneInput({ onSend }: { onSend: (text: string) => void }) {
  const t = useTranslations('simulator')
  const [text, setText] = useState('')

  const send = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === '') return
    onSend(text.trim())
    setText('')
  }

  return (
    <form className={styles.form} onSubmit={send}>
      <input
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={t('placeholder')}
        aria-label={t('placeholder')}
        autoComplete="off"
        maxLength={4096}
      />
      <button type="submit" aria-label={t('send')}>
        <SendHorizontal size={17} aria-hidden="true" />
      </button>
    </form>
  )
}

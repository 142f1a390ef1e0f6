'use client'

import { CircleCheck, Copy, PanelRightClose } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { formatMoment, formatShortDate } from '@/app/_client/format'
import { writeName, writePhone } from '@/app/_client/phone-number'
import { useFormats } from '@/app/_client/use-formats'
import { ChannelBadge } from '@/app/_parts/channel-badge'
import { StatePill } from '@/app/_parts/state-pill'
import { Avatar, initialsOf } from '@/app/_ui/avatar'
import { IconButton } from '@/app/_ui/icon-button'
import { showToast } from '@/app/_ui/toast'
import type { ConversationDetails } from '@/server/conversations/schema'
import styles from './details-panel.module.css'

type DetailsPanelProps = {
  details: Pick<ConversationDetails, 'row' | 'contact' | 'channel' | 'previous'>
  /** Of the reader, to say "you". */
  memberId: string
  hrefOf: (id: string) => string
  onClose: () => void
}

/** Who the contact is, how this chat stands, and what came before it. */
export function DetailsPanel({ details, memberId, hrefOf, onClose }: DetailsPanelProps) {
  const t = useTranslations('inbox')
  const words = useTranslations('common')
  const formats = useFormats()
  const { row, contact, channel, previous } = details
  const { assigneeId, assigneeName } = row
  const stateSince = row.resolvedAt ?? row.waitingSince
  return (
    <div className={styles.panel}>
      <header className={styles.head}>
        <b>{t('details.title')}</b>
        <IconButton label={t('actions.closeDetails')} tip="bottom-end" onClick={onClose}>
          <PanelRightClose size={17} aria-hidden="true" />
        </IconButton>
      </header>
      <div className={styles.scroll}>
        <section className={styles.section}>
          <div className={styles.who}>
            <Avatar id={contact.id} initials={initialsOf(contact.name)} size={48} />
            <div>
              <b className={styles.name}>{writeName(contact.name)}</b>
              <span className={styles.quiet}>
                {t('details.since', {
                  moment: formatShortDate(contact.since, formats),
                  count: contact.chats,
                })}
              </span>
            </div>
          </div>
          {contact.phone ? <Phone number={contact.phone} channelKind={channel.kind} /> : null}
        </section>
        <section className={styles.section}>
          <h2>{t('details.thisChat')}</h2>
          <dl className={styles.facts}>
            <Fact label={t('details.state')}>
              <StatePill state={row.state} />
              {stateSince ? (
                <span className={styles.quiet}>
                  {t('stateSince', { moment: formatMoment(stateSince, formats) })}
                </span>
              ) : row.subState ? (
                <span className={styles.quiet}>{t(`subState.${row.subState}`)}</span>
              ) : null}
            </Fact>
            <Fact label={t('details.assignee')}>
              {assigneeId && assigneeName ? (
                <>
                  <Avatar id={assigneeId} initials={initialsOf(assigneeName)} />
                  {assigneeId === memberId ? words('nameYou', { name: assigneeName }) : assigneeName}
                </>
              ) : (
                <span className={styles.quiet}>{t('details.nobody')}</span>
              )}
            </Fact>
            <Fact label={t('details.team')}>
              {row.teamName ?? <span className={styles.quiet}>{t('details.noTeam')}</span>}
            </Fact>
            <Fact label={t('details.arrivedBy')}>
              {row.optionLabel ? t('details.menuOption', { option: row.optionLabel }) : t('details.direct')}
            </Fact>
            <Fact label={t('details.channel')}>
              <ChannelBadge kind={channel.kind} />
              {channel.name}
            </Fact>
            <Fact label={t('details.opened')}>{formatMoment(row.openedAt, formats)}</Fact>
          </dl>
        </section>
        <section className={styles.section}>
          <h2>
            {t('details.previous')} {previous.length > 0 ? <span>{previous.length}</span> : null}
          </h2>
          {previous.length === 0 ? <p className={styles.quiet}>{t('details.noPrevious')}</p> : null}
          <ul>
            {previous.map(({ id, openedAt, previewText, optionLabel }) => (
              <li key={id}>
                <Link href={hrefOf(id)} className={styles.previous} prefetch={false}>
                  <CircleCheck size={15} aria-hidden="true" />
                  <span className={styles.text}>{previewText || optionLabel || t('row.noPreview')}</span>
                  <time dateTime={openedAt.toISOString()}>{formatShortDate(openedAt, formats)}</time>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </div>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Phone({ number, channelKind }: { number: string; channelKind: string }) {
  const t = useTranslations('inbox.details')
  const copied = useTranslations('common')('copied')
  return (
    <div className={styles.phone}>
      <ChannelBadge kind={channelKind} />
      <span className={styles.text}>{writePhone(number)}</span>
      <IconButton
        label={t('copyPhone')}
        tip="bottom-end"
        size={28}
        onClick={() => {
          void navigator.clipboard
            .writeText(writePhone(number))
            .then(() => showToast({ id: 'copied', message: copied }))
        }}
      >
        <Copy size={14} aria-hidden="true" />
      </IconButton>
    </div>
  )
}

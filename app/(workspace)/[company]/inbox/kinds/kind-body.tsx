'use client'

import { EyeOff, Forward, Megaphone, Phone, PhoneMissed, Video } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { formatLength } from '@/app/_client/format'
import type { ThreadMessage } from '@/server/conversations/schema'
import { CardList, PlaceCard, PollCard } from './cards'
import { DocumentCard } from './document-card'
import { FileState } from './file-state'
import styles from './kind-body.module.css'
import { Clip, Picture, Sticker } from './picture'
import { adIn, type Call, callIn, cardsIn, isForwarded, placeIn, pollIn, statusIn } from './read-extras'
import { VoicePlayer } from './voice-player'

type KindBodyProps = { message: ThreadMessage; onOpen: () => void }

/** What a message shows above its text, whatever its kind. Loads with the first message that is more than text. */
export function KindBody({ message, onOpen }: KindBodyProps) {
  const t = useTranslations('inbox.kind')
  const { content } = message
  const ad = adIn(content)
  const status = statusIn(content)
  return (
    <>
      {isForwarded(content) ? (
        <p className={styles.hint}>
          <Forward size={13} aria-hidden="true" />
          {t('forwarded')}
        </p>
      ) : null}
      {message.viewOnce ? (
        <p className={styles.hint}>
          <EyeOff size={13} aria-hidden="true" />
          {t('viewOnce')}
        </p>
      ) : null}
      {ad ? (
        <div className={styles.context}>
          {ad.thumbnail ? <img src={ad.thumbnail} alt="" width={44} height={44} /> : null}
          <span>
            <b>
              <Megaphone size={13} aria-hidden="true" /> {t('ad')}
            </b>
            {ad.title ?? ad.body}
            {ad.url ? (
              <a href={ad.url} target="_blank" rel="noopener noreferrer nofollow">
                {t('adOpen')}
              </a>
            ) : null}
          </span>
        </div>
      ) : null}
      {status ? (
        <div className={styles.context}>
          <span>
            <b>{t('statusReply')}</b>
            {status.text === '' ? t('statusWithoutText') : status.text}
          </span>
        </div>
      ) : null}
      <OfKind message={message} onOpen={onOpen} />
    </>
  )
}

function OfKind({ message, onOpen }: KindBodyProps) {
  const t = useTranslations('inbox.kind')
  const { kind, content, attachment } = message
  if (attachment) {
    const { url, state, thumbnail } = attachment
    const hasPreview = thumbnail !== null && attachment.kind !== 'sticker'
    if (state !== 'stored' || url === null) {
      return (
        <>
          {hasPreview ? <img className={styles.preview} src={thumbnail} alt="" /> : null}
          <FileState attachment={attachment} />
        </>
      )
    }
    switch (attachment.kind) {
      case 'image':
        return <Picture attachment={attachment} url={url} onOpen={onOpen} />
      case 'sticker':
        return <Sticker attachment={attachment} url={url} />
      case 'video':
      case 'gif':
        return <Clip attachment={attachment} url={url} />
      case 'audio':
      case 'voice':
        return <VoicePlayer url={url} seconds={attachment.seconds} waveform={attachment.waveform} />
      case 'document':
        return <DocumentCard attachment={attachment} url={url} />
      default:
        return attachment.kind satisfies never
    }
  }
  switch (kind) {
    case 'text':
      return null
    case 'location': {
      const place = placeIn(content)
      return place ? <PlaceCard place={place} /> : <p className={styles.unknown}>{t('unsupported')}</p>
    }
    case 'contacts':
      return <CardList cards={cardsIn(content)} />
    case 'poll':
      return <PollCard poll={pollIn(content)} question={message.text} />
    case 'call':
      return <CallLine call={callIn(content)} />
    default:
      return <p className={styles.unknown}>{t('unsupported')}</p>
  }
}

function CallLine({ call }: { call: Call }) {
  const t = useTranslations('inbox.kind.call')
  const Icon =
    call.outcome === 'missed' || call.outcome === 'rejected' ? PhoneMissed : call.video ? Video : Phone
  return (
    <p className={styles.call} data-missed={call.outcome === 'missed' || undefined}>
      <Icon size={18} aria-hidden="true" />
      <span>
        <b>{t(call.video ? 'video' : 'voice')}</b>
        {t(call.outcome)}
        {call.seconds === null ? null : ` · ${formatLength(call.seconds)}`}
      </span>
    </p>
  )
}

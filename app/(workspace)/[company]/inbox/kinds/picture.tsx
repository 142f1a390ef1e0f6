'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { ThreadAttachment } from '@/server/conversations/schema'
import styles from './picture.module.css'

type FileProps = { attachment: ThreadAttachment; url: string }

/** Room is kept by the picture's own measure, so nothing moves when it arrives. */
const measureOf = ({ width, height }: ThreadAttachment) =>
  width && height
    ? { aspectRatio: `${width} / ${Math.min(height, width * TALLEST)}` }
    : { aspectRatio: '4 / 3' }

/** A screenshot of a long page is cut to this, in widths; the viewer shows the whole. */
const TALLEST = 1.3

/** A picture: the small one at once, the true one over it when it is there. A press opens the viewer. */
export function Picture({ attachment, url, onOpen }: FileProps & { onOpen: () => void }) {
  const t = useTranslations('inbox.kind')
  const [isGone, setGone] = useState(false)
  return (
    <button type="button" className={styles.picture} style={measureOf(attachment)} onClick={onOpen}>
      {attachment.thumbnail ? <img className={styles.small} src={attachment.thumbnail} alt="" /> : null}
      {isGone ? (
        <span className={styles.broken}>{t('broken')}</span>
      ) : (
        <img src={url} alt={t('openImage')} loading="lazy" decoding="async" onError={() => setGone(true)} />
      )}
    </button>
  )
}

/** A sticker stands alone, without a bubble. */
export function Sticker({ attachment, url }: FileProps) {
  const t = useTranslations('inbox.kind')
  return (
    <img
      className={styles.sticker}
      src={url}
      alt={t('sticker')}
      width={140}
      height={140}
      loading="lazy"
      data-id={attachment.id}
    />
  )
}

/** A video with the browser's own controls; a GIF plays by itself in a loop, unless the reader wants no motion. */
export function Clip({ attachment, url }: FileProps) {
  const t = useTranslations('inbox.kind')
  const isGif = attachment.kind === 'gif'
  const mayMove = isGif && !window.matchMedia('(prefers-reduced-motion: reduce)').matches
  const poster = attachment.thumbnail ? { poster: attachment.thumbnail } : {}
  // Some senders make GIFs of pictures, others of silent video.
  if (attachment.mediaType.startsWith('image/'))
    return (
      <img className={styles.clip} style={measureOf(attachment)} src={url} alt={t('gif')} loading="lazy" />
    )
  return (
    <video
      className={styles.clip}
      style={measureOf(attachment)}
      src={url}
      {...poster}
      aria-label={t(attachment.kind)}
      controls={!isGif || !mayMove}
      preload={isGif ? 'auto' : 'none'}
      autoPlay={mayMove}
      loop={isGif}
      muted={isGif}
      playsInline
    >
      <track kind="captions" />
    </video>
  )
}

'use client'

import { CircleUserRound, MapPin } from 'lucide-react'
import { useTranslations } from 'next-intl'
import styles from './cards.module.css'
import type { Card, Place, Poll } from './read-extras'

/** Five digits are about a metre. */
const DIGITS = 5

/** A place in words and numbers. No tiles: a map's server would learn where the customer is. */
export function PlaceCard({ place }: { place: Place }) {
  const t = useTranslations('inbox.kind')
  const at = `${place.latitude.toFixed(DIGITS)}, ${place.longitude.toFixed(DIGITS)}`
  const query = encodeURIComponent(`${place.latitude},${place.longitude}`)
  return (
    <div className={styles.card}>
      <MapPin size={20} aria-hidden="true" />
      <span>
        <b>{place.name ?? t(place.live ? 'liveLocation' : 'location')}</b>
        {place.address ? <span className={styles.line}>{place.address}</span> : null}
        <span className={styles.line}>{at}</span>
        <a
          href={`https://www.google.com/maps/search/?api=1&query=${query}`}
          target="_blank"
          rel="noopener noreferrer"
        >
          {t('openMap')}
        </a>
      </span>
    </div>
  )
}

export function CardList({ cards }: { cards: readonly Card[] }) {
  return cards.map((card, index) => {
    const place = `${index}`
    return (
      <div key={place} className={styles.card}>
        <CircleUserRound size={20} aria-hidden="true" />
        <span>
          <b>{card.name}</b>
          {card.phones.map(({ number }) => (
            <a key={number} className={styles.line} href={`tel:${number.replace(/[^\d+]/g, '')}`}>
              {number}
            </a>
          ))}
        </span>
      </div>
    )
  })
}

/** A poll as it was asked. Votes stay on the phones: they are sealed for those who take part. */
export function PollCard({ poll, question }: { poll: Poll; question: string }) {
  const t = useTranslations('inbox.kind')
  return (
    <div className={styles.poll}>
      <b>{question}</b>
      <span className={styles.line}>{t(poll.many ? 'pollMany' : 'poll')}</span>
      <ul>
        {poll.options.map((option, index) => {
          const place = `${index}`
          return (
            <li key={place} data-many={poll.many || undefined}>
              {option}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

'use client'

import { Pause, Play } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { formatLength } from '@/app/_client/format'
import styles from './voice-player.module.css'

const SPEEDS = [1, 1.5, 2] as const

/** One voice at a time: the one that begins stops the one before. */
let playing: HTMLAudioElement | null = null

type VoicePlayerProps = {
  /** Address with ranges, so that a jump loads only what is heard. */
  url: string
  /** Said by the sender; the file's own length takes over once it is known. */
  seconds: number | null
  /** 64 heights, 0 to 100; null draws a flat line. */
  waveform: readonly number[] | null
}

/** A voice note: play, see where it is, jump by click or arrows, hear it faster. */
export function VoicePlayer({ url, seconds, waveform }: VoicePlayerProps) {
  const t = useTranslations('inbox.kind.player')
  const audio = useRef<HTMLAudioElement>(null)
  const [isPlaying, setPlaying] = useState(false)
  const [hasFailed, setFailed] = useState(false)
  const [at, setAt] = useState(0)
  const [known, setKnown] = useState<number | null>(null)
  const [speed, setSpeed] = useState<(typeof SPEEDS)[number]>(1)
  const length = known ?? seconds ?? 0
  const bars = waveform ?? FLAT
  const heard = length > 0 ? at / length : 0

  useEffect(() => {
    const own = audio.current
    return () => {
      own?.pause()
      if (playing === own) playing = null
    }
  }, [])

  const toggle = () => {
    const own = audio.current
    if (!own) return
    if (!own.paused) {
      own.pause()
      return
    }
    if (playing !== own) playing?.pause()
    playing = own
    own.playbackRate = speed
    setFailed(false)
    // A jump to another voice in the same moment stops this one, and that is no failure.
    own.play().catch((error: unknown) => {
      if (!(error instanceof DOMException && error.name === 'AbortError')) setFailed(true)
    })
  }
  const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1

  return (
    <div className={styles.voice}>
      <audio
        ref={audio}
        src={url}
        preload="none"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setAt(0)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onDurationChange={(event) => {
          const { duration } = event.currentTarget
          if (Number.isFinite(duration)) setKnown(duration)
        }}
        onError={() => setFailed(true)}
      >
        <track kind="captions" />
      </audio>
      <button
        type="button"
        className={styles.play}
        aria-label={t(isPlaying ? 'pause' : 'play')}
        onClick={toggle}
      >
        {isPlaying ? <Pause size={16} aria-hidden="true" /> : <Play size={16} aria-hidden="true" />}
      </button>
      <div className={styles.track}>
        <svg viewBox="0 0 192 24" preserveAspectRatio="none" className={styles.wave} aria-hidden="true">
          {bars.map((height, index) => {
            const tall = Math.max(2, (height / 100) * 22)
            const place = `${index}`
            return (
              <rect
                key={place}
                x={index * 3}
                y={12 - tall / 2}
                width={2}
                height={tall}
                rx={1}
                className={index / bars.length < heard ? styles.heard : undefined}
              />
            )
          })}
        </svg>
        <input
          type="range"
          min={0}
          max={Math.max(1, length)}
          step={0.1}
          value={Math.min(at, length)}
          aria-label={t('position')}
          aria-valuetext={t('of', { at: formatLength(at), length: formatLength(length) })}
          onChange={(event) => seek(Number(event.target.value))}
          onKeyDown={(event) => {
            const step = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5 }[event.key]
            if (step === undefined) return
            event.preventDefault()
            seek(at + step)
          }}
        />
        <span className={styles.time}>
          {hasFailed
            ? t('failed')
            : at > 0
              ? `${formatLength(at)} / ${formatLength(length)}`
              : formatLength(length)}
        </span>
      </div>
      <button
        type="button"
        className={styles.speed}
        aria-label={t('speed', { speed })}
        onClick={() => {
          setSpeed(next)
          if (audio.current) audio.current.playbackRate = next
        }}
      >
        {t('times', { speed })}
      </button>
    </div>
  )

  function seek(to: number) {
    const wanted = Math.min(Math.max(0, to), length)
    if (audio.current) audio.current.currentTime = wanted
    setAt(wanted)
  }
}

const FLAT: readonly number[] = Array.from({ length: 64 }, () => 8)

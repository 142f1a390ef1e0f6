import { Check, EarOff, FlaskConical, LoaderCircle, Pause, QrCode as QrIcon, Unplug } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ChannelState } from '@/server/channels/words'
import styles from './channels.module.css'
import { toneOf } from './state-look'

/** The state as a word and a mark on its tint: the shape says it, the colour repeats it. */
export function StateChip({ state, isPhone = false }: { state: ChannelState; isPhone?: boolean }) {
  const t = useTranslations('channels.state')
  const isReady = isPhone && state === 'connected'
  return (
    <span className={styles.chip} data-tone={isReady ? 'quiet' : toneOf(state)}>
      {isReady ? <FlaskConical size={14} aria-hidden="true" /> : <Mark state={state} />}
      {isReady ? t('ready') : t(state)}
    </span>
  )
}

function Mark({ state }: { state: ChannelState }) {
  const tone = toneOf(state)
  if (state === 'scan') return <QrIcon size={14} aria-hidden="true" />
  if (state === 'silent') return <EarOff size={14} aria-hidden="true" />
  if (tone === 'good') return <Check size={14} aria-hidden="true" />
  if (tone === 'busy') return <LoaderCircle size={14} aria-hidden="true" />
  if (tone === 'quiet') return <Pause size={14} aria-hidden="true" />
  return <Unplug size={14} aria-hidden="true" />
}

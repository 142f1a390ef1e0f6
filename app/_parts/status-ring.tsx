import { useTranslations } from 'next-intl'
import { Avatar } from '@/app/_ui/avatar'
import { VisuallyHidden } from '@/app/_ui/visually-hidden'
import type { ConversationState } from '@/server/conversations/schema'
import { ChannelBadge } from './channel-badge'
import styles from './status-ring.module.css'

/** Length of the ring's line: it is drawn in a box of 44 with a radius of 20.5. */
const AROUND = 2 * Math.PI * 20.5

type StatusRingProps = {
  state: ConversationState
  contact: { id: string; initials: string }
  channelKind?: string
}

/** The face of a chat with its state around it. The shape says the state; the colour only repeats it. */
export function StatusRing({ state, contact, channelKind }: StatusRingProps) {
  const t = useTranslations('inbox.state')
  return (
    <span className={styles.frame}>
      <svg className={styles.ring} viewBox="0 0 44 44" fill="none" aria-hidden="true">
        <Ring state={state} />
      </svg>
      <Avatar id={contact.id} initials={contact.initials} size={36} />
      {channelKind ? (
        <span className={styles.channel}>
          <ChannelBadge kind={channelKind} size={14} />
        </span>
      ) : null}
      <VisuallyHidden>{t(state)}</VisuallyHidden>
    </span>
  )
}

function Ring({ state }: { state: ConversationState }) {
  const circle = { cx: 22, cy: 22, r: 20.5 }
  switch (state) {
    case 'pending':
      return <circle {...circle} stroke="var(--pend)" strokeWidth="2.5" />
    case 'follow-up':
      return (
        <>
          <circle {...circle} stroke="var(--fol-line)" strokeWidth="2.5" />
          <circle
            {...circle}
            stroke="var(--fol)"
            strokeWidth="2.5"
            strokeDasharray={`${AROUND / 2} ${AROUND / 2}`}
            transform="rotate(-90 22 22)"
          />
        </>
      )
    case 'open':
      // Twenty dashes, a little longer than the gaps between them.
      return (
        <circle
          {...circle}
          stroke="var(--open)"
          strokeWidth="2"
          strokeDasharray={`${(AROUND / 20) * 0.58} ${(AROUND / 20) * 0.42}`}
        />
      )
    case 'resolved':
      return <circle {...circle} stroke="var(--done)" strokeWidth="1.25" />
    default:
      return state satisfies never
  }
}

/** The same four shapes, small, for views, totals and pills. The word stands beside it, so it is silent. */
export function StateMark({ state, size = 15 }: { state: ConversationState; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 44 44" fill="none" aria-hidden="true">
      <Mark state={state} />
    </svg>
  )
}

function Mark({ state }: { state: ConversationState }) {
  const circle = { cx: 22, cy: 22, r: 18 }
  switch (state) {
    case 'pending':
      return <circle {...circle} stroke="var(--pend)" strokeWidth="7" />
    case 'follow-up':
      return (
        <>
          <circle {...circle} stroke="var(--fol-line)" strokeWidth="7" />
          <circle
            {...circle}
            stroke="var(--fol)"
            strokeWidth="7"
            strokeDasharray="56.5 56.5"
            transform="rotate(-90 22 22)"
          />
        </>
      )
    case 'open':
      return <circle {...circle} stroke="var(--open)" strokeWidth="5" strokeDasharray="8.2 5.93" />
    case 'resolved':
      return (
        <>
          <circle cx="22" cy="22" r="19" stroke="var(--done)" strokeWidth="4" />
          <path
            d="M13.5 22.5l6 6 11-12"
            stroke="var(--done)"
            strokeWidth="4.5"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </>
      )
    default:
      return state satisfies never
  }
}

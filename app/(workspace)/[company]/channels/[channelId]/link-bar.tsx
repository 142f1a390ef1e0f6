import { useTranslations } from 'next-intl'
import { formatTime } from '@/app/_client/format'
import { useFormats } from '@/app/_client/use-formats'
import type { ChannelMonitor, LinkLook } from '@/server/monitoring/schema'
import styles from './monitor.module.css'
import { useShare } from './uptime-card'

const DAY_MS = 86_400_000
const MARKS = [24, 18, 12, 6]
const LOOKS: LinkLook[] = ['up', 'silent', 'down', 'paused']

/** The last 24 hours as one bar; what was before the channel is left empty. */
export function LinkBar({ monitor }: { monitor: ChannelMonitor }) {
  const t = useTranslations('channels.monitor')
  const formats = useFormats()
  const share = useShare()
  const { now, lastDay, uptime } = monitor
  const begin = now.getTime() - DAY_MS
  const percent = (milliseconds: number) => (milliseconds / DAY_MS) * 100
  const shown = LOOKS.filter((look) => look !== 'paused' || lastDay.some((stretch) => stretch.look === look))
  return (
    <section className={styles.card}>
      <div className={styles.cardHead}>
        <h2>{t('lastDay')}</h2>
        <ul className={styles.legend}>
          {shown.map((look) => (
            <li key={look} data-look={look}>
              {t(`look.${look}`)}
            </li>
          ))}
        </ul>
      </div>
      <svg
        className={styles.bar}
        viewBox="0 0 100 10"
        preserveAspectRatio="none"
        role="img"
        aria-label={t('barSays', { up: share(uptime.day.share) })}
      >
        {lastDay.map(({ look, from, to }) => (
          <rect
            key={from.getTime()}
            x={percent(from.getTime() - begin)}
            // A drop of a minute is still a drop: it stays in sight.
            width={Math.max(0.25, percent(to.getTime() - from.getTime()))}
            height="10"
            data-look={look}
          />
        ))}
      </svg>
      <div className={styles.marks} aria-hidden="true">
        {MARKS.map((hours) => (
          <span key={hours}>{formatTime(new Date(now.getTime() - hours * 3_600_000), formats)}</span>
        ))}
        <span>{t('now')}</span>
      </div>
    </section>
  )
}

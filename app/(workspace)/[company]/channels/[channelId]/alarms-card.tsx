import { useTranslations } from 'next-intl'
import { formatMoment } from '@/app/_client/format'
import { useFormats } from '@/app/_client/use-formats'
import type { ChannelAlarmRow } from '@/server/monitoring/schema'
import styles from './monitor.module.css'

/** What people were told of this number, once per problem, and when it was over. */
export function AlarmsCard({ alarms }: { alarms: readonly ChannelAlarmRow[] }) {
  const t = useTranslations('channels.monitor')
  return (
    <section className={styles.card}>
      <h2>{t('alarms')}</h2>
      {alarms.length === 0 ? (
        <p className={styles.quiet}>{t('noAlarms')}</p>
      ) : (
        <>
          <p className={styles.quiet}>{t('alarmsTo')}</p>
          <AlarmList alarms={alarms} />
        </>
      )}
    </section>
  )
}

export function AlarmList({
  alarms,
  withChannel = false,
}: {
  alarms: readonly ChannelAlarmRow[]
  withChannel?: boolean
}) {
  const t = useTranslations('channels.monitor')
  const formats = useFormats()
  return (
    <ul className={styles.alarms}>
      {alarms.map(({ id, kind, channelName, raisedAt, clearedAt }) => (
        <li key={id}>
          <span>
            <b>{withChannel ? `${channelName}: ${alarmWords(t, kind)}` : alarmWords(t, kind)}</b>
            <small>{formatMoment(raisedAt, formats)}</small>
          </span>
          <span className={styles.pill} data-tone={clearedAt ? 'good' : 'bad'}>
            {clearedAt ? t('over') : t('standing')}
          </span>
        </li>
      ))}
    </ul>
  )
}

const KINDS = ['down', 'logged-out', 'banned', 'replaced', 'silent', 'restricted', 'version-refused'] as const

function alarmWords(t: ReturnType<typeof useTranslations<'channels.monitor'>>, kind: string): string {
  const known = KINDS.find((candidate) => candidate === kind)
  return known ? t(`alarm.${known}`) : kind
}

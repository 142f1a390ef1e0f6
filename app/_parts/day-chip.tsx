'use client'

import { useTranslations } from 'next-intl'
import { formatDay, nearDay } from '@/app/_client/format'
import { useNow } from '@/app/_client/now'
import { useFormats } from '@/app/_client/use-formats'
import styles from './day-chip.module.css'

/** "Hoy, martes 24": where a day of the company begins in the thread. */
export function DayChip({ date }: { date: Date }) {
  const t = useTranslations('time')
  const formats = useFormats()
  const now = new Date(useNow())
  const day = formatDay(date, now, formats)
  const near = nearDay(date, now, formats)
  return (
    <div className={styles.chip}>
      {near === 'today' ? t('todayIs', { day }) : near === 'yesterday' ? t('yesterdayIs', { day }) : day}
    </div>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { Bell } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '@/app/_client/trpc'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { AlarmList } from './[channelId]/alarms-card'
import styles from './[channelId]/monitor.module.css'

const REFRESH_MS = 15_000

/** The bell: what stands now, and what was told before, of all numbers. */
export function AlarmsMenu() {
  const t = useTranslations('channels.monitor')
  const words = useTranslations('common')
  const [isOpen, setOpen] = useState(false)
  const { data } = useQuery(
    useTRPC().monitoring.alarms.queryOptions(undefined, { refetchInterval: REFRESH_MS }),
  )
  const standing = data?.filter(({ clearedAt }) => clearedAt === null).length ?? 0
  return (
    <>
      <Button icon={<Bell size={16} aria-hidden="true" />} onClick={() => setOpen(true)}>
        {standing > 0 ? t('alarmsOpen', { count: standing }) : t('alarms')}
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={t('alarms')}
        closeLabel={words('close')}
        size={520}
      >
        {data && data.length > 0 ? (
          <>
            <p className={styles.quiet}>{t('alarmsTo')}</p>
            <AlarmList alarms={data} withChannel />
          </>
        ) : (
          <p className={styles.quiet}>{t('noAlarms')}</p>
        )}
      </Dialog>
    </>
  )
}

'use client'

import { WifiOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useOnline } from '@/app/_client/use-online'
import { Banner } from '@/app/_ui/banner'

/** One dark bar while this computer has no internet. Writing goes on; what is sent waits. */
export function OfflineBar() {
  const t = useTranslations('shell.offline')
  if (useOnline()) return null
  return (
    <Banner tone="dark" icon={<WifiOff size={16} />}>
      {t('title')} {t('waits')}
    </Banner>
  )
}

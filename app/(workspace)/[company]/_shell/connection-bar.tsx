'use client'

import { CloudOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useRealtime } from '@/app/_client/realtime'
import { useOnline } from '@/app/_client/use-online'
import { Banner } from '@/app/_ui/banner'

/** A connection that comes back within this time is nobody's worry. */
const PATIENCE_MILLISECONDS = 5_000

/** Says that nothing is pushed now; without internet the offline bar has said it already. */
export function ConnectionBar() {
  const t = useTranslations('shell.connection')
  const { isConnected } = useRealtime()
  const isOnline = useOnline()
  const [isLost, setLost] = useState(false)

  useEffect(() => {
    setLost(false)
    if (isConnected) return
    const timer = setTimeout(() => setLost(true), PATIENCE_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [isConnected])

  if (!isLost || !isOnline) return null
  return (
    <Banner tone="dark" icon={<CloudOff size={16} />}>
      {t('lost')}
    </Banner>
  )
}

'use client'

import { useTranslations } from 'next-intl'

const KNOWN = ['offline', 'rejected', 'window-closed', 'rate-limited', 'unknown'] as const

/** Why a message did not leave, in words: the fact, and that nothing is lost. */
export function useFailureWords(): (code: string, channelName: string) => string {
  const t = useTranslations('inbox.failure')
  return (code, channelName) => {
    const known = KNOWN.find((candidate) => candidate === code)
    return known ? t(known, { channel: channelName }) : t('other')
  }
}

'use client'

import { useTranslations } from 'next-intl'
import { useReason } from '@/app/_client/use-reason'
import type { ThreadMessage } from '@/server/conversations/schema'
import { isUnsent } from './cache'

const OF_CHANNELS = ['offline', 'rejected', 'window-closed', 'rate-limited', 'unknown'] as const

/**
 * Why a message did not leave, in words: the fact, and that nothing is lost. A message that never reached our server
 * failed on the way there or was refused by it; any other failed in its channel.
 */
export function useFailureWords(): (message: ThreadMessage, channelName: string) => string {
  const t = useTranslations('inbox.failure')
  const say = useReason()
  return (message, channelName) => {
    const code = message.failure?.code ?? ''
    if (isUnsent(message)) return code === 'network' ? t('network') : say(code)
    const known = OF_CHANNELS.find((candidate) => candidate === code)
    return known ? t(known, { channel: channelName }) : t('other')
  }
}

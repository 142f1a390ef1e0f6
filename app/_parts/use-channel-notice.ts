'use client'

import { useTranslations } from 'next-intl'
import { formatMoment } from '@/app/_client/format'
import { useAgo, useFormats } from '@/app/_client/use-formats'
import { channelStates } from '@/server/channels/words'

type Watched = {
  name: string
  state: string
  stateSince: Date
  restriction: string | null
  restrictedUntil: Date | null
}

/** @returns what happens to messages of this number now, in words for each state; null when all is well. */
export function useChannelNotice(): (channel: Watched) => { lead: string; text: string } | null {
  const t = useTranslations('channels.now')
  const ago = useAgo()
  const formats = useFormats()
  return ({ name, state, stateSince, restriction, restrictedUntil }) => {
    const known = channelStates.find((candidate) => candidate === state) ?? 'disconnected'
    if (known !== 'connected') {
      return { lead: t(`${known}.lead`, { channel: name, ago: ago(stateSince) }), text: t(`${known}.text`) }
    }
    if (restriction !== 'new-chats') return null
    return restrictedUntil
      ? {
          lead: t('restrictedUntil.lead', { channel: name, until: formatMoment(restrictedUntil, formats) }),
          text: t('restrictedUntil.text'),
        }
      : { lead: t('restricted.lead', { channel: name }), text: t('restricted.text') }
  }
}

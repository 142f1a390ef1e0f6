'use client'

import { useTranslations } from 'next-intl'

const NAMED = [
  'image',
  'video',
  'gif',
  'audio',
  'voice',
  'document',
  'sticker',
  'location',
  'contacts',
  'poll',
  'call',
] as const

/** The name of a kind of message, in the reader's words. */
export function useKindName(): (kind: string) => string {
  const t = useTranslations('inbox.kind')
  return (kind) => {
    const known = NAMED.find((name) => name === kind)
    if (known === 'call') return t('callName')
    return t(known ?? 'unsupported')
  }
}

'use client'

import { useTranslations } from 'next-intl'

/** Words for a refusal of the server: its reason is a key of `errors`; an unknown one gets the general sentence. */
export function useReason(): (reason: string) => string {
  const t = useTranslations('errors')
  return (reason) => (hasReason(t, reason) ? t(reason) : t('somethingWentWrong'))
}

type ErrorWords = ReturnType<typeof useTranslations<'errors'>>

function hasReason(t: ErrorWords, reason: string): reason is Parameters<ErrorWords>[0] {
  return t.has(reason as Parameters<ErrorWords>[0])
}

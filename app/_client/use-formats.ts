'use client'

import { useLocale, useTimeZone, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { DEFAULT_LOCALE, isLocale } from '@/i18n/locale'
import { cutSpan, type Formats } from './format'
import { useNow } from './now'

/** The language of the reader and the zone of the company, for the functions of format.ts. */
export function useFormats(): Formats {
  const locale = useLocale()
  const timeZone = useTimeZone() ?? 'UTC'
  return useMemo(() => ({ locale: isLocale(locale) ? locale : DEFAULT_LOCALE, timeZone }), [locale, timeZone])
}

/** Words for a length of time in milliseconds: "12 min", "1 h 20", "ahora". */
export function useSpan(): (milliseconds: number) => string {
  const t = useTranslations('time')
  return (milliseconds) => {
    const span = cutSpan(milliseconds)
    switch (span.unit) {
      case 'now':
        return t('span.now')
      case 'minutes':
        return t('span.minutes', { minutes: span.minutes })
      case 'hours':
        return t('span.hours', { hours: span.hours, minutes: span.minutes })
      case 'wholeHours':
        return t('span.wholeHours', { hours: span.hours })
      case 'days':
        return t('span.days', { days: span.days })
      default:
        return span satisfies never
    }
  }
}

/** Words for how long ago a moment was: "hace 4 min", "ahora mismo" under a minute. They move on with the clock. */
export function useAgo(): (moment: Date) => string {
  const t = useTranslations('time')
  const span = useSpan()
  const now = useNow()
  return (moment) => {
    const passed = now - moment.getTime()
    return cutSpan(passed).unit === 'now' ? t('justNow') : t('ago', { span: span(passed) })
  }
}

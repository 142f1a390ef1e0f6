'use server'

import { cookies } from 'next/headers'
import { isLocale, LOCALE_COOKIE } from '@/i18n/locale'

const YEAR_IN_SECONDS = 365 * 24 * 3600

/**
 * Keeps the reader's language in this browser for a year and draws the page again in it. A form's field
 * `locale` names it, so the choice works without scripts too; an unknown language changes nothing.
 */
export async function keepLocale(form: FormData): Promise<void> {
  const locale = form.get('locale')
  if (typeof locale !== 'string' || !isLocale(locale)) return
  const jar = await cookies()
  jar.set(LOCALE_COOKIE, locale, { path: '/', maxAge: YEAR_IN_SECONDS, sameSite: 'lax' })
}

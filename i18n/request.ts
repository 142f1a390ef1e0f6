import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { chooseLocale, LOCALE_COOKIE } from './locale'

/** The language without a URL prefix: cookie, then Accept-Language, then Spanish. */
export default getRequestConfig(async () => {
  const [cookieStore, requestHeaders] = await Promise.all([cookies(), headers()])
  const locale = chooseLocale(cookieStore.get(LOCALE_COOKIE)?.value, requestHeaders.get('accept-language'))
  const { default: messages } = await import(`../messages/${locale}.json`)
  // The workspace sets the company's own zone; public pages show no times of day.
  return { locale, messages, timeZone: 'UTC' }
})

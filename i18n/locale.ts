/** The languages of the interface. Spanish comes first: it is what most members read. */
export const LOCALES = ['es', 'en', 'pt'] as const

export type Locale = (typeof LOCALES)[number]

export const DEFAULT_LOCALE: Locale = 'es'

/** Holds the member's choice; the browser writes it, so it is readable by scripts. */
export const LOCALE_COOKIE = 'locale'

/** The tag that decides how numbers and dates look: "1.284", "9:58", "24 nov". */
export const FORMAT_TAG: Record<Locale, string> = { es: 'es-CO', en: 'en-US', pt: 'pt-BR' }

export function isLocale(value: string | undefined): value is Locale {
  return value !== undefined && LOCALES.some((locale) => locale === value)
}

/**
 * Chooses the language: the cookie when it names one of ours, else the first language of the
 * Accept-Language header that we speak (by its weight), else Spanish.
 */
export function chooseLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(cookie)) return cookie
  for (const tag of tagsByWeight(acceptLanguage)) {
    const language = tag.split('-')[0]?.toLowerCase()
    if (isLocale(language)) return language
  }
  return DEFAULT_LOCALE
}

/** The country of the first tag that names one ("es-MX" gives "MX"), or null. */
export function countryOfAcceptLanguage(acceptLanguage: string | null): string | null {
  for (const tag of tagsByWeight(acceptLanguage)) {
    const region = tag.split('-').find((part, index) => index > 0 && /^[a-z]{2}$/i.test(part))
    if (region) return region.toUpperCase()
  }
  return null
}

function tagsByWeight(header: string | null): string[] {
  return (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='))
      const weight = quality ? Number(quality.trim().slice(2)) : 1
      return { tag: tag.trim(), weight: Number.isFinite(weight) ? weight : 0 }
    })
    .filter(({ tag, weight }) => tag !== '' && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag)
}

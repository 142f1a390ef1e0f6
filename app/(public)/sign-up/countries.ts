import { countryOfAcceptLanguage, FORMAT_TAG, type Locale } from '@/i18n/locale'
import { countryCodes } from '@/server/tenants/rules'
import type { CountryChoices } from './sign-up-form'

/** Where most of our companies are. */
const LATIN_AMERICA = 'AR BO BR CL CO CR CU DO EC GT HN HT MX NI PA PE PR PY SV UY VE'.split(' ')

const MOST_LIKELY = 'CO'

/** Country names in the reader's language, in its alphabet, Latin America first. */
export function listCountries(locale: Locale): CountryChoices {
  const isNear = (code: string) => LATIN_AMERICA.includes(code)
  return {
    near: named(countryCodes.filter(isNear), locale),
    far: named(
      countryCodes.filter((code) => !isNear(code)),
      locale,
    ),
  }
}

/** The country the browser speaks of, when it is one of ours; else Colombia. */
export function guessCountry(acceptLanguage: string | null): string {
  const country = countryOfAcceptLanguage(acceptLanguage)
  return country && LATIN_AMERICA.includes(country) ? country : MOST_LIKELY
}

function named(codes: string[], locale: Locale) {
  const tag = FORMAT_TAG[locale]
  const names = new Intl.DisplayNames([tag], { type: 'region' })
  return codes
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .sort((a, b) => a.name.localeCompare(b.name, tag))
}

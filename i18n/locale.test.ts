import { expect, test } from 'vitest'
import { chooseLocale, countryOfAcceptLanguage } from './locale'

test.each([
  ['the cookie wins over the browser', 'pt', 'en-US,en;q=0.9', 'pt'],
  ['a cookie that names no language of ours is ignored', 'xx', 'en', 'en'],
  ['the browser decides when there is no cookie', undefined, 'pt-BR,pt;q=0.9,en;q=0.8', 'pt'],
  ['weights count, not the order in the header', undefined, 'en;q=0.3, pt;q=0.7', 'pt'],
  ['a language refused with weight zero is not taken', undefined, 'en;q=0, fr', 'es'],
  ['an unknown language falls back to Spanish', undefined, 'fr-FR,de;q=0.5', 'es'],
  ['no header at all gives Spanish', undefined, null, 'es'],
  ['a broken weight does not break the page', undefined, 'en;q=abc, pt;q=0.2', 'pt'],
] as const)('%s', (_, cookie, header, locale) => {
  expect(chooseLocale(cookie, header)).toBe(locale)
})

test.each([
  ['the country of the first tag', 'es-MX,es;q=0.9', 'MX'],
  ['a later tag when the first has no country', 'es,es-AR;q=0.8', 'AR'],
  ['a script is not a country', 'zh-Hant-TW', 'TW'],
  ['a region by number is not a country', 'es-419', null],
  ['nothing from nothing', null, null],
] as const)('%s', (_, header, country) => {
  expect(countryOfAcceptLanguage(header)).toBe(country)
})

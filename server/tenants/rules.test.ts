import { expect, test } from 'vitest'
import { countryCodes, slugFrom, zoneOf } from './rules'

test.each([
  ['accents fall away', 'Ferretería El Tornillo', 'ferreteria-el-tornillo'],
  ['signs become one dash', '  ¡Flores & Más!  ', 'flores-mas'],
  ['a long name is cut at a letter', `${'a'.repeat(39)} bcd`, 'a'.repeat(39)],
  ['a name in letters we do not write gets a word', '株式会社', 'empresa'],
  ['a company is not called like a page of ours', 'API', 'api-1'],
])('the address of a company: %s', (_, name, slug) => {
  expect(slugFrom(name)).toBe(slug)
})

test.each(countryCodes)('%s has a zone that this platform knows', (country) => {
  expect(() => new Intl.DateTimeFormat('es', { timeZone: zoneOf(country) })).not.toThrow()
})

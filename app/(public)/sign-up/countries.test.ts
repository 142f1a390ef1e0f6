import { expect, test } from 'vitest'
import { guessCountry, listCountries } from './countries'

test.each([
  ['the country the browser speaks of', 'es-MX,es;q=0.9', 'MX'],
  ['Brazil from Portuguese', 'pt-BR', 'BR'],
  ['Colombia when the browser is from elsewhere', 'en-US,en;q=0.9', 'CO'],
  ['Colombia when the browser says nothing', null, 'CO'],
])('first country: %s', (_, header, country) => {
  expect(guessCountry(header)).toBe(country)
})

test('countries are named and sorted in the language of the reader', () => {
  const spanish = listCountries('es').near.map(({ name }) => name)
  expect(spanish).toContain('México')
  expect(spanish).toEqual([...spanish].sort((a, b) => a.localeCompare(b, 'es')))
  expect(listCountries('pt').far.map(({ name }) => name)).toContain('Espanha')
})

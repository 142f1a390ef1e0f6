import { expect, test } from 'vitest'
import { publicHolidays } from './holidays'
import { countryCodes } from './rules'

test('Colombia rests on its independence day, named in Spanish', () => {
  expect(publicHolidays('CO', 2026, 'es')).toContainEqual({
    day: '2026-07-20',
    name: 'Día de la Independencia',
  })
})

test.each(countryCodes)('%s: no day is a holiday twice', (country) => {
  const days = publicHolidays(country, 2026, 'es').map(({ day }) => day)
  expect(new Set(days).size).toBe(days.length)
})

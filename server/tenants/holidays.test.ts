import { expect, test } from 'vitest'
import { publicHolidays } from './holidays'
import { countryCodes } from './rules'

test('Colombia rests on its independence day, named in Spanish', () => {
  expect(publicHolidays('CO', 2026, 'es')).toContainEqual({
    day: '2026-07-20',
    name: 'Día de la Independencia',
  })
})

test.each(countryCodes)('%s has holidays, each day once', (country) => {
  const days = publicHolidays(country, 2026, 'es').map(({ day }) => day)
  expect(days.length).toBeGreaterThan(3)
  expect(new Set(days).size).toBe(days.length)
})

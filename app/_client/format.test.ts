import { expect, test } from 'vitest'
import {
  cutSpan,
  dayKey,
  formatBytes,
  formatCount,
  formatDay,
  formatLength,
  formatMoment,
  formatTime,
  nearDay,
  waitLevel,
} from './format'

const bogota = { locale: 'es', timeZone: 'America/Bogota' } as const
const at = (text: string) => new Date(text)

test.each([
  ['under a minute is now', 59_000, { unit: 'now' }],
  ['a clock that runs behind is now too', -5_000, { unit: 'now' }],
  ['minutes are whole', 12 * 60_000 + 59_000, { unit: 'minutes', minutes: 12 }],
  ['an hour and twenty', 80 * 60_000, { unit: 'hours', hours: 1, minutes: '20' }],
  ['minutes after the hour have two digits', 65 * 60_000, { unit: 'hours', hours: 1, minutes: '05' }],
  ['exactly two hours', 120 * 60_000, { unit: 'wholeHours', hours: 2 }],
  ['from a day on, days', 50 * 3_600_000, { unit: 'days', days: 2 }],
])('a wait: %s', (_, milliseconds, span) => {
  expect(cutSpan(milliseconds)).toEqual(span)
})

test.each([
  ['at the goal it is still plain', 300_000, 'plain'],
  ['over the goal it is amber', 301_000, 'warn'],
  ['at twice the goal it is still amber', 600_000, 'warn'],
  ['over twice the goal it is red', 601_000, 'over'],
])('colour of a wait: %s', (_, milliseconds, level) => {
  expect(waitLevel(milliseconds, 300)).toBe(level)
})

test('times have 24 hours and no leading zero in every language', () => {
  const morning = at('2026-11-24T14:58:00Z')
  const night = at('2026-11-24T05:05:00Z')
  for (const locale of ['es', 'en', 'pt'] as const) {
    expect(formatTime(morning, { ...bogota, locale })).toBe('9:58')
    expect(formatTime(night, { ...bogota, locale })).toBe('0:05')
  }
})

test('a day is the day of the company, not of Greenwich', () => {
  expect(dayKey(at('2026-11-25T03:00:00Z'), bogota)).toBe('2026-11-24')
  expect(nearDay(at('2026-11-25T03:00:00Z'), at('2026-11-25T04:00:00Z'), bogota)).toBe('today')
  expect(nearDay(at('2026-11-24T03:00:00Z'), at('2026-11-25T04:00:00Z'), bogota)).toBe('yesterday')
  expect(nearDay(at('2026-11-22T03:00:00Z'), at('2026-11-25T04:00:00Z'), bogota)).toBeNull()
})

test('a near day is named by its weekday, a far one by its month, an old one with its year', () => {
  const now = at('2026-11-24T15:00:00Z')
  expect(formatDay(at('2026-11-24T15:00:00Z'), now, bogota)).toBe('martes 24')
  expect(formatDay(at('2026-03-14T15:00:00Z'), now, bogota)).toBe('14 de marzo')
  expect(formatDay(at('2025-03-14T15:00:00Z'), now, bogota)).toBe('14 de marzo de 2025')
})

test('a moment of a list is short', () => {
  expect(formatMoment(at('2026-11-24T14:58:00Z'), bogota)).toBe('24 nov, 9:58')
})

test('thousands take the point in Spanish', () => {
  expect(formatCount(1284, bogota)).toBe('1.284')
  expect(formatCount(1284, { locale: 'en' })).toBe('1,284')
})

test.each([
  [0, '0:00'],
  [41.9, '0:41'],
  [754, '12:34'],
  [3_723, '1:02:03'],
  [-3, '0:00'],
])('a recording of %d s says %s', (seconds, said) => expect(formatLength(seconds)).toBe(said))

test.each([
  [0, 'es', '0 byte'],
  [184_300, 'es', '184 kB'],
  [2_449_000, 'es', '2,4 MB'],
  [2_449_000, 'en', '2.4 MB'],
  [7_000_000_000_000, 'pt', '7.000 GB'],
] as const)('a file of %d bytes says its size in %s', (bytes, locale, said) => {
  expect(formatBytes(bytes, { locale }).replace(/\s/g, ' ')).toBe(said)
})

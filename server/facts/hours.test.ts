import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { businessSeconds, type Calendar, localDay, type Slot } from './hours'

const HOUR = 3600
const clock = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
const slot = (weekday: number, opens: string, closes: string, validFrom = '2026-01-01'): Slot => ({
  validFrom,
  weekday,
  opensMinute: clock(opens),
  closesMinute: clock(closes),
})
/** Monday to Friday, with the lunch break of an optician in Bogotá. */
const officeWeek = [1, 2, 3, 4, 5].flatMap((day) => [
  slot(day, '08:00', '12:30'),
  slot(day, '14:00', '18:00'),
])
const everyDay = (opens: string, closes: string) =>
  [1, 2, 3, 4, 5, 6, 7].map((day) => slot(day, opens, closes))

function calendar(timeZone: string, slots: readonly Slot[], holidays: readonly string[] = []): Calendar {
  return { timeZone, slots, holidays: new Set(holidays) }
}
const bogota = calendar('America/Bogota', officeWeek, ['2026-11-16'])
const saoPaulo = calendar('America/Sao_Paulo', officeWeek)
const mexico = calendar('America/Mexico_City', officeWeek)
const santiago = (slots: readonly Slot[]) => calendar('America/Santiago', slots)

type Case = [sentence: string, Calendar, from: string, to: string, seconds: number | null]

test.each<Case>([
  // Bogotá, UTC-5 all year. 2026-11-24 is a Tuesday.
  ['inside one slot every second counts', bogota, '2026-11-24T09:00-05:00', '2026-11-24T09:05:30-05:00', 330],
  ['the lunch break does not count', bogota, '2026-11-24T12:20-05:00', '2026-11-24T14:10-05:00', 20 * 60],
  ['a night does not count', bogota, '2026-11-24T17:50-05:00', '2026-11-25T08:10-05:00', 20 * 60],
  ['a weekend does not count', bogota, '2026-11-27T17:50-05:00', '2026-11-30T08:10-05:00', 20 * 60],
  [
    'a whole day is the sum of its slots',
    bogota,
    '2026-11-24T00:00-05:00',
    '2026-11-25T00:00-05:00',
    8.5 * HOUR,
  ],
  ['a week is five days', bogota, '2026-11-23T00:00-05:00', '2026-11-30T00:00-05:00', 42.5 * HOUR],
  ['a holiday is closed', bogota, '2026-11-16T09:00-05:00', '2026-11-16T17:00-05:00', 0],
  [
    'a holiday in the middle is passed over',
    bogota,
    '2026-11-13T17:00-05:00',
    '2026-11-17T09:00-05:00',
    2 * HOUR,
  ],
  ['from closed to closed is nothing', bogota, '2026-11-24T12:40-05:00', '2026-11-24T13:50-05:00', 0],
  ['the instant of opening begins it', bogota, '2026-11-24T07:59:59-05:00', '2026-11-24T08:00:01-05:00', 1],
  ['the instant of closing ends it', bogota, '2026-11-24T17:59:59-05:00', '2026-11-24T18:00:01-05:00', 1],
  ['an end before the beginning is nothing', bogota, '2026-11-24T10:00-05:00', '2026-11-24T09:00-05:00', 0],
  ['no time at all is nothing', bogota, '2026-11-24T10:00-05:00', '2026-11-24T10:00-05:00', 0],
  [
    'evening in Bogotá is tomorrow in UTC and still today here',
    calendar('America/Bogota', [slot(2, '18:00', '23:00')]),
    '2026-11-24T20:00-05:00',
    '2026-11-24T22:00-05:00',
    2 * HOUR,
  ],
  // São Paulo, UTC-3 since 2019 without summer time.
  ['São Paulo opens at its own eight', saoPaulo, '2026-11-24T10:00Z', '2026-11-24T12:00Z', 1 * HOUR],
  [
    'São Paulo has had no clock change since 2019',
    calendar('America/Sao_Paulo', everyDay('00:00', '24:00')),
    '2026-10-17T00:00-03:00',
    '2026-10-19T00:00-03:00',
    48 * HOUR,
  ],
  // 2018-11-04 at 00:00 the clock went to 01:00.
  [
    'the day on which São Paulo set its clock on in 2018 had 23 hours',
    calendar(
      'America/Sao_Paulo',
      everyDay('00:00', '24:00').map((one) => ({ ...one, validFrom: '2018-01-01' })),
    ),
    '2018-11-04T00:00-03:00',
    '2018-11-05T00:00-02:00',
    23 * HOUR,
  ],
  // Mexico City, UTC-6 since 2022 without summer time.
  ['Mexico City opens at its own eight', mexico, '2026-06-02T13:00Z', '2026-06-02T15:00Z', 1 * HOUR],
  [
    'Mexico City had an extra hour in October 2021',
    calendar(
      'America/Mexico_City',
      everyDay('00:00', '24:00').map((one) => ({ ...one, validFrom: '2021-01-01' })),
    ),
    '2021-10-31T00:00-05:00',
    '2021-11-01T00:00-06:00',
    25 * HOUR,
  ],
  // Santiago: 2026-04-05 at 00:00 back to 23:00 of the 4th; 2026-09-06 at 00:00 on to 01:00.
  [
    'the night on which Santiago sets the clock back has an hour more',
    santiago(everyDay('00:00', '24:00')),
    '2026-04-04T00:00-03:00',
    '2026-04-05T00:00-04:00',
    25 * HOUR,
  ],
  [
    'the day on which Santiago sets the clock on has 23 hours',
    santiago(everyDay('00:00', '24:00')),
    '2026-09-06T01:00-03:00',
    '2026-09-07T00:00-03:00',
    23 * HOUR,
  ],
  [
    'a slot over the skipped hour is an hour shorter',
    santiago([slot(7, '00:00', '06:00')]),
    '2026-09-05T12:00-04:00',
    '2026-09-06T12:00-03:00',
    5 * HOUR,
  ],
  [
    'a late slot over the repeated hour is an hour longer',
    santiago([slot(6, '20:00', '24:00')]),
    '2026-04-04T12:00-03:00',
    '2026-04-05T12:00-04:00',
    5 * HOUR,
  ],
  [
    'office hours of Santiago keep their length after a clock change',
    santiago(everyDay('09:00', '18:00')),
    '2026-09-05T17:00-04:00',
    '2026-09-06T10:00-03:00',
    2 * HOUR,
  ],
  [
    'a bar that closes at two counts the night to the day it opened',
    calendar('America/Bogota', [slot(5, '18:00', '26:00')]),
    '2026-11-28T00:30-05:00',
    '2026-11-28T03:00-05:00',
    1.5 * HOUR,
  ],
  [
    'slots that overlap count once',
    calendar('America/Bogota', [slot(2, '08:00', '12:00'), slot(2, '10:00', '14:00')]),
    '2026-11-24T00:00-05:00',
    '2026-11-25T00:00-05:00',
    6 * HOUR,
  ],
  // Dated schedules.
  [
    'a new schedule leaves the days before it alone',
    calendar('America/Bogota', [...everyDay('08:00', '18:00'), slot(3, '08:00', '10:00', '2026-11-25')]),
    '2026-11-24T17:00-05:00',
    '2026-11-25T23:00-05:00',
    3 * HOUR,
  ],
  [
    'a weekday that the new schedule leaves out is closed from then on',
    calendar('America/Bogota', [...everyDay('08:00', '18:00'), slot(3, '08:00', '10:00', '2026-11-25')]),
    '2026-11-26T00:00-05:00',
    '2026-11-27T00:00-05:00',
    0,
  ],
  [
    'a company without a schedule has no business time',
    calendar('America/Bogota', []),
    '2026-11-24T09:00-05:00',
    '2026-11-24T10:00-05:00',
    null,
  ],
  [
    'what began before the first schedule has no business time',
    calendar('America/Bogota', [slot(3, '08:00', '10:00', '2026-11-25')]),
    '2026-11-24T09:00-05:00',
    '2026-11-25T09:00-05:00',
    null,
  ],
])('%s', (_, company, from, to, seconds) => {
  expect(businessSeconds(new Date(from), new Date(to), company)).toBe(seconds)
})

test.each([
  ['America/Bogota', '2026-11-24T04:59:59Z', '2026-11-23'],
  ['America/Bogota', '2026-11-24T05:00:00Z', '2026-11-24'],
  ['America/Sao_Paulo', '2026-11-24T02:59:59Z', '2026-11-23'],
  ['America/Sao_Paulo', '2026-11-24T03:00:00Z', '2026-11-24'],
  ['America/Mexico_City', '2026-01-01T05:59:59Z', '2025-12-31'],
  ['America/Mexico_City', '2026-01-01T06:00:00Z', '2026-01-01'],
  ['America/Santiago', '2026-04-05T03:30:00Z', '2026-04-04'],
  ['America/Santiago', '2026-04-05T04:00:00Z', '2026-04-05'],
  ['America/Santiago', '2026-09-06T03:59:59Z', '2026-09-05'],
  ['America/Santiago', '2026-09-06T04:00:00Z', '2026-09-06'],
])('in %s, %s belongs to %s', (timeZone, at, day) => {
  expect(localDay(new Date(at), timeZone)).toBe(day)
})

describe('for any two instants', () => {
  const instant = fc.date({ min: new Date('2026-02-01'), max: new Date('2026-12-01'), noInvalidDate: true })
  const zone = fc.constantFrom(
    'America/Bogota',
    'America/Sao_Paulo',
    'America/Mexico_City',
    'America/Santiago',
  )

  test('open round the clock, business time is plain time', () => {
    fc.assert(
      fc.property(instant, instant, zone, (one, other, timeZone) => {
        const [from, to] = one <= other ? [one, other] : [other, one]
        const seconds = businessSeconds(from, to, calendar(timeZone, everyDay('00:00', '24:00')))
        expect(seconds).toBe(Math.round((to.getTime() - from.getTime()) / 1000))
      }),
      { numRuns: 200 },
    )
  })

  test('a duration cut in two is the sum of its parts', () => {
    fc.assert(
      fc.property(instant, instant, instant, zone, (a, b, c, timeZone) => {
        const [from, middle, to] = [a, b, c]
          .map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000))
          .sort((x, y) => x.getTime() - y.getTime())
        if (!from || !middle || !to) return
        const company = calendar(timeZone, officeWeek)
        const whole = businessSeconds(from, to, company)
        expect(
          (businessSeconds(from, middle, company) ?? 0) + (businessSeconds(middle, to, company) ?? 0),
        ).toBe(whole)
      }),
      { numRuns: 200 },
    )
  })
})

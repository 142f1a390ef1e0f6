import Holidays from 'date-holidays'
import type { CountryCode } from './rules'

/** @returns the public holidays of a country in a year; one per day, `day` as YYYY-MM-DD, named in the language asked for. */
export function publicHolidays(
  country: CountryCode,
  year: number,
  language: string,
): { day: string; name: string }[] {
  const calendar = new Holidays(country, { languages: [language, 'es', 'en'] })
  const byDay = new Map<string, string>()
  for (const { date, name, type } of calendar.getHolidays(year)) {
    const day = date.slice(0, 10)
    if (type === 'public' && !byDay.has(day)) byDay.set(day, name)
  }
  return [...byDay].map(([day, name]) => ({ day, name }))
}

import { FORMAT_TAG, type Locale } from '@/i18n/locale'

/** How dates and numbers look for one reader: language of the interface, zone of the company. */
export type Formats = { locale: Locale; timeZone: string }

const cache = new Map<string, Intl.DateTimeFormat>()

function dateFormat({ locale, timeZone }: Formats, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  // Making a formatter costs more than a hundred uses of it.
  const key = `${locale} ${timeZone} ${JSON.stringify(options)}`
  const known = cache.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(FORMAT_TAG[locale], { ...options, timeZone })
  cache.set(key, made)
  return made
}

/** "9:58", in 24 hours in every language. */
export function formatTime(date: Date, formats: Formats): string {
  const time = dateFormat(formats, { hour: 'numeric', minute: '2-digit', hourCycle: 'h23' }).format(date)
  return time.replace(/^0(?=\d)/, '')
}

/** "martes 24" within a month of now, with the month otherwise: "24 de septiembre". */
export function formatDay(date: Date, now: Date, formats: Formats): string {
  const isNear = Math.abs(now.getTime() - date.getTime()) < 27 * DAY
  if (isNear) return dateFormat(formats, { weekday: 'long', day: 'numeric' }).format(date)
  const isThisYear = dayKey(date, formats).slice(0, 4) === dayKey(now, formats).slice(0, 4)
  return dateFormat(formats, {
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' }),
  }).format(date)
}

/** "14 mar" for a list. */
export function formatShortDate(date: Date, formats: Formats): string {
  return dateFormat(formats, { day: 'numeric', month: 'short' })
    .format(date)
    .replace('.', '')
    .replace(' de ', ' ')
}

/** "24 nov, 9:58". */
export function formatMoment(date: Date, formats: Formats): string {
  return `${formatShortDate(date, formats)}, ${formatTime(date, formats)}`
}

/** The calendar day in the company's zone, "2026-11-24": equal for two moments of one day. */
export function dayKey(date: Date, formats: Formats): string {
  const parts = dateFormat(formats, { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(date)
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

/** Which word a day chip begins with. */
export function nearDay(date: Date, now: Date, formats: Formats): 'today' | 'yesterday' | null {
  const key = dayKey(date, formats)
  if (key === dayKey(now, formats)) return 'today'
  return key === dayKey(new Date(now.getTime() - DAY), formats) ? 'yesterday' : null
}

export function formatCount(count: number, { locale }: Pick<Formats, 'locale'>): string {
  return new Intl.NumberFormat(FORMAT_TAG[locale]).format(count)
}

/** A length in seconds as a player shows it: "0:41", "1:02:03". */
export function formatLength(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const rest = String(whole % 60).padStart(2, '0')
  const minutes = Math.floor(whole / 60)
  return minutes < 60
    ? `${minutes}:${rest}`
    : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`
}

const STEPS_OF_SIZE = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** The size of a file for reading: "184 kB", "2,4 MB". Thousands, as shops and phones count. */
export function formatBytes(bytes: number, { locale }: Pick<Formats, 'locale'>): string {
  const step = bytes < 1_000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3))
  return new Intl.NumberFormat(FORMAT_TAG[locale], {
    style: 'unit',
    unit: STEPS_OF_SIZE[step] ?? 'byte',
    maximumFractionDigits: step > 1 ? 1 : 0,
  }).format(bytes / 1_000 ** step)
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A length of time cut for reading; the words are in messages under `time.span`. */
export type Span =
  | { unit: 'now' }
  | { unit: 'minutes'; minutes: number }
  | { unit: 'hours'; hours: number; minutes: string }
  | { unit: 'wholeHours'; hours: number }
  | { unit: 'days'; days: number }

/** Cuts milliseconds into what a row can show: "12 min", "1 h 20", "3 d". Negative lengths count as none. */
export function cutSpan(milliseconds: number): Span {
  if (milliseconds < MINUTE) return { unit: 'now' }
  if (milliseconds < HOUR) return { unit: 'minutes', minutes: Math.floor(milliseconds / MINUTE) }
  if (milliseconds >= DAY) return { unit: 'days', days: Math.floor(milliseconds / DAY) }
  const hours = Math.floor(milliseconds / HOUR)
  const minutes = Math.floor((milliseconds % HOUR) / MINUTE)
  return minutes === 0
    ? { unit: 'wholeHours', hours }
    : { unit: 'hours', hours, minutes: String(minutes).padStart(2, '0') }
}

/** How a wait looks: plain under the goal, amber over it, red over twice the goal. */
export function waitLevel(milliseconds: number, goalSeconds: number): 'plain' | 'warn' | 'over' {
  const goal = goalSeconds * SECOND
  if (milliseconds > 2 * goal) return 'over'
  return milliseconds > goal ? 'warn' : 'plain'
}

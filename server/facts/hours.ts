import { TZDate } from '@date-fns/tz'

/** A company's time: its zone, its opening slots and its holidays. */
export type Calendar = {
  /** IANA name, such as America/Bogota. */
  timeZone: string
  slots: readonly Slot[]
  /** Local days, YYYY-MM-DD, on which nothing is open. */
  holidays: ReadonlySet<string>
}

/** Slots of one validFrom are one whole week: a weekday without a row in it is closed. */
export type Slot = {
  /** First local day on which it applies, YYYY-MM-DD. */
  validFrom: string
  /** 1 Monday ... 7 Sunday. */
  weekday: number
  /** Minutes of the local clock after 00:00. */
  opensMinute: number
  /** Above 1440 when it closes after midnight. */
  closesMinute: number
}

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/**
 * Seconds of opening time between two instants. Slots are clock times of the company's zone, seconds are real ones: a
 * slot over the hour that a clock change skips is an hour shorter.
 * @returns whole seconds, 0 when it was closed throughout or `to` is not after `from`; null when no schedule was in
 * force on the day of `from`.
 */
export function businessSeconds(from: Date, to: Date, calendar: Calendar): number | null {
  const firstDay = localDay(from, calendar.timeZone)
  if (!calendar.slots.some((slot) => slot.validFrom <= firstDay)) return null

  const start = from.getTime()
  const end = to.getTime()
  let openMs = 0
  // One day early: a slot of yesterday may reach past midnight.
  for (let day = addDays(firstDay, -1); startOf(day, calendar.timeZone) < end; day = addDays(day, 1)) {
    for (const [opens, closes] of openingsOf(day, calendar)) {
      openMs += Math.max(0, Math.min(closes, end) - Math.max(opens, start))
    }
  }
  return Math.round(openMs / 1000)
}

/** The calendar day of an instant on the company's clock, YYYY-MM-DD. */
export function localDay(at: Date, timeZone: string): string {
  const local = new TZDate(at.getTime(), timeZone)
  return dayText(local.getFullYear(), local.getMonth(), local.getDate())
}

/** The openings that begin on a local day, as instants in milliseconds, in order and without overlaps. */
function openingsOf(day: string, { timeZone, slots, holidays }: Calendar): [opens: number, closes: number][] {
  if (holidays.has(day)) return []
  const inForce = slots.reduce(
    (latest, slot) => (slot.validFrom <= day && slot.validFrom > latest ? slot.validFrom : latest),
    '',
  )
  const weekday = weekdayOf(day)
  const openings: [number, number][] = []
  let closedUntil = Number.NEGATIVE_INFINITY
  const today = slots
    .filter((slot) => slot.validFrom === inForce && slot.weekday === weekday)
    .sort((a, b) => a.opensMinute - b.opensMinute)
  for (const slot of today) {
    const opens = Math.max(instantOf(day, slot.opensMinute, timeZone), closedUntil)
    const closes = instantOf(day, slot.closesMinute, timeZone)
    if (closes <= opens) continue
    openings.push([opens, closes])
    closedUntil = closes
  }
  return openings
}

/** A clock time of a local day as an instant. A time that the clock skips is taken as the same time after the jump. */
function instantOf(day: string, minute: number, timeZone: string): number {
  const midnight = startOf(day, timeZone)
  // On all but two days of the year the clock runs evenly, and asking the zone once is enough.
  if (startOf(addDays(day, 1), timeZone) - midnight === DAY_MS && minute <= 1440) {
    return midnight + minute * MINUTE_MS
  }
  const [year, month, date] = partsOf(day)
  return new TZDate(year, month, date, 0, minute, timeZone).getTime()
}

const starts = new Map<string, number>()
/** About three years of days of ten zones. */
const STARTS_KEPT = 10_000

/** The first instant of a local day, in milliseconds. Remembered: asking a zone takes ten microseconds. */
function startOf(day: string, timeZone: string): number {
  const key = `${day} ${timeZone}`
  let start = starts.get(key)
  if (start === undefined) {
    const [year, month, date] = partsOf(day)
    start = new TZDate(year, month, date, 0, 0, timeZone).getTime()
    if (starts.size >= STARTS_KEPT) starts.clear()
    starts.set(key, start)
  }
  return start
}

function partsOf(day: string): [year: number, month: number, date: number] {
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))]
}

function addDays(day: string, days: number): string {
  const [year, month, date] = partsOf(day)
  const moved = new Date(Date.UTC(year, month, date + days))
  return dayText(moved.getUTCFullYear(), moved.getUTCMonth(), moved.getUTCDate())
}

function weekdayOf(day: string): number {
  const [year, month, date] = partsOf(day)
  return new Date(Date.UTC(year, month, date)).getUTCDay() || 7
}

const dayText = (year: number, month: number, date: number) =>
  `${String(year).padStart(4, '0')}-${String(month + 1).padStart(2, '0')}-${String(date).padStart(2, '0')}`

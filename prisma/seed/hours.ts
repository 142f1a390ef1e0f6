import { TZDate } from '@date-fns/tz'
import { localDay } from '@/server/facts/hours'
import { type OpeningSlot, usualHours } from '@/server/tenants/rules'

/** When the people of the story work: the company's opening slots, its holidays, and a lunch that leaves a team alone. */
export type WorkingHours = {
  timeZone: string
  holidays: ReadonlySet<string>
  /** Local days on which the lunch of `lunchTeam` is played. */
  lunchDays: ReadonlySet<string>
  lunchTeam: string
}

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Minutes of the local clock between which nobody of the lunch team is there. */
export const LUNCH = { leaves: 12 * 60 + 30, returns: 13 * 60 + 30 } as const

/** A clock time of a local day, YYYY-MM-DD. */
export function instantAt(day: string, minute: number, timeZone: string): number {
  const [year, month, date] = day.split('-').map(Number)
  return new TZDate(year ?? 0, (month ?? 1) - 1, date ?? 1, 0, minute, timeZone).getTime()
}

export const dayOf = (at: number, timeZone: string) => localDay(new Date(at), timeZone)

/** 0 to 23 on the local clock. */
export const hourOf = (at: number, timeZone: string) => new TZDate(at, timeZone).getHours()

/** 1 Monday ... 7 Sunday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7
}

export function slotOf(day: string, { holidays }: WorkingHours): OpeningSlot | null {
  if (holidays.has(day)) return null
  return usualHours.find(({ weekday }) => weekday === weekdayOf(day)) ?? null
}

/** The first instant from `at` on at which somebody of the team is there. */
export function nextAtWork(at: number, team: string, hours: WorkingHours): number {
  const { timeZone } = hours
  for (let noon = at; ; noon += DAY) {
    const day = dayOf(noon, timeZone)
    const slot = slotOf(day, hours)
    if (!slot) continue
    const opens = instantAt(day, slot.opensMinute, timeZone)
    const closes = instantAt(day, slot.closesMinute, timeZone)
    const from = Math.max(at, opens)
    if (from >= closes) continue
    const isLunch = team === hours.lunchTeam && hours.lunchDays.has(day)
    const leaves = instantAt(day, LUNCH.leaves, timeZone)
    const returns = instantAt(day, LUNCH.returns, timeZone)
    return isLunch && from >= leaves && from < returns ? returns : from
  }
}

/** Some work later, at a time when somebody is there: what is not done by closing time is done the next morning. */
export function afterWork(at: number, work: number, team: string, hours: WorkingHours): number {
  const begins = nextAtWork(at, team, hours)
  const done = nextAtWork(begins + work, team, hours)
  return done === begins + work ? done : done + work
}

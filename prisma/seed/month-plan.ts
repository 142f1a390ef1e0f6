import { type House, type PlannedChat, planChat } from './chat-plan'
import { DAY, dayOf, HOUR, instantAt, LUNCH, MINUTE, slotOf, weekdayOf } from './hours'
import type { Cue, Persona } from './story'

/** How many chats begin on a day, lowest and highest. */
export type Rhythm = Record<'workday' | 'saturday' | 'closed', readonly [low: number, high: number]>

export type MonthOptions = {
  now: number
  days: number
  /** Everything of the month is over so long before `now`: what is going on now is written by hand. */
  quietBefore: number
  rhythm: Rhythm
  /** In the order in which they first come. */
  personas: readonly Persona[]
  /** Who is in a chat now: the month leaves their last two days free. */
  busyNow: ReadonlySet<string>
}

type Hours = readonly { hour: number; weight: number }[]
const hoursOf = (weights: Record<number, number>): Hours =>
  Object.entries(weights).map(([hour, weight]) => ({ hour: Number(hour), weight }))

/** The shop opens at 8, the peak is lunch, and some write in the evening and are answered in the morning. */
const WORKDAY = hoursOf({
  7: 1,
  8: 3,
  9: 5,
  10: 6,
  11: 7,
  12: 10,
  13: 9,
  14: 5,
  15: 5,
  16: 6,
  17: 4,
  18: 2,
  20: 2,
})
const SATURDAY = hoursOf({ 8: 1, 9: 5, 10: 7, 11: 8, 12: 5, 13: 1, 16: 1 })
const CLOSED = hoursOf({ 10: 1, 12: 1, 16: 2, 18: 2, 20: 2 })

/** A customer seldom comes back on the same day. */
const REST = 20 * HOUR

/** @returns the chats of the past days, oldest first; only such as are over. */
export function planMonth(house: House, options: MonthOptions): PlannedChat[] {
  const { random } = house
  const freeFrom = new Map<string, number>()
  const planned: PlannedChat[] = []
  for (const arrival of arrivals(house, options)) {
    const persona = chooseWriter(house, options, freeFrom, arrival)
    if (!persona) continue
    const chat = planChat(house, persona, arrival)
    const limit = options.now - (options.busyNow.has(persona.id) ? 2 * DAY : options.quietBefore)
    if (chat.end > limit) continue
    freeFrom.set(persona.id, chat.end + REST * random.between(1, 3))
    planned.push(chat)
  }
  return planned
}

function arrivals({ random, hours }: House, { now, days, rhythm }: MonthOptions): number[] {
  const { timeZone } = hours
  const instants: number[] = []
  for (let back = days; back >= 0; back -= 1) {
    const day = dayOf(now - back * DAY, timeZone)
    const kind = slotOf(day, hours) ? (weekdayOf(day) === 6 ? 'saturday' : 'workday') : 'closed'
    const clock = { workday: WORKDAY, saturday: SATURDAY, closed: CLOSED }[kind]
    const count = random.whole(...rhythm[kind])
    for (let n = 0; n < count; n += 1) {
      const minute = random.pickByWeight(clock).hour * 60 + random.between(0, 60)
      const at = instantAt(day, 0, timeZone) + minute * MINUTE
      if (at < now) instants.push(at)
    }
  }
  return instants.sort((left, right) => left - right)
}

/** The share of the customers who are known from the first day on; the others come one by one through the month. */
const FROM_THE_START = 0.3

function chooseWriter(
  { random }: House,
  { now, days, personas }: MonthOptions,
  freeFrom: ReadonlyMap<string, number>,
  arrival: number,
): Persona | null {
  const passed = 1 - (now - arrival) / (days * DAY)
  const share = FROM_THE_START + (1 - FROM_THE_START) * Math.max(0, passed)
  const known = personas.slice(0, Math.ceil(personas.length * share))
  const newest = known.find(({ id }) => !freeFrom.has(id))
  if (newest && random.chance(0.45)) return newest
  const free = known.filter(({ id }) => (freeFrom.get(id) ?? 0) < arrival)
  if (free.length === 0) return null
  // Every fifth customer is a regular.
  return random.pickByWeight(free.map((persona, place) => ({ persona, weight: place % 5 === 0 ? 4 : 1 })))
    .persona
}

/** The lunches that leave a team alone; whoever comes back is offered those who wait. */
export function planLunches({ hours }: House, by: string): Cue[] {
  return [...hours.lunchDays].flatMap((day): Cue[] => [
    {
      at: instantAt(day, LUNCH.leaves, hours.timeZone),
      chat: null,
      act: { do: 'leave', by, reason: 'Almuerzo' },
    },
    { at: instantAt(day, LUNCH.returns, hours.timeZone), chat: null, act: { do: 'return', by } },
  ])
}

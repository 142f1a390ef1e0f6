import { openCompany, staffCompany } from './company'
import { DAY, dayOf, MINUTE, slotOf, type WorkingHours, weekdayOf } from './hours'
import { planLunches, planMonth, type Rhythm } from './month-plan'
import { LUNCH_TEAM, OWNER, opticaMenu, people, teamNames } from './optica-company'
import { opticaDialogues } from './optica-dialogues'
import { monthPersonas } from './optica-personas'
import { planPresent } from './optica-present'
import { playCompany } from './play-company'
import { randomFrom } from './random'
import { holidaysOf, type SeedOptions } from './seed-options'
import type { Company } from './story'

const DAYS = 30
const RHYTHM: Rhythm = { workday: [6, 9], saturday: [4, 5], closed: [0, 2] }
/** Longer ago than the first chat of the present that is given out in turn. */
const QUIET_BEFORE = 185 * MINUTE
const PACE: Record<string, number> = { Ventas: 4.2, Citas: 2.4, Garantías: 3.1 }

/** Óptica Aurora: a month of an optician in Medellín, and what goes on there now. */
export async function seedOptica(options: SeedOptions): Promise<Company> {
  const { now, emailSuffix, password, scale } = options
  const began = new Date(now.getTime() - 240 * DAY)
  const emailOf = (key: string) => `${key}${emailSuffix}@opticaaurora.example`
  const opened = await openCompany({
    name: options.companyName,
    owner: OWNER,
    emailOf,
    password,
    trade: 'blank',
    began,
  })
  const company = await staffCompany(opened, { emailOf, password, teamNames, people, menu: opticaMenu })

  const hours = await hoursOf(company, now)
  const personas = new Map(monthPersonas.map((persona) => [persona.name ?? persona.id, persona]))
  const present = planPresent(now.getTime(), hours.timeZone, personas)
  const house = {
    hours,
    random: randomFrom(1_887),
    dialogues: opticaDialogues,
    paceOf: (team: string) => PACE[team] ?? 4,
    fallbackTeam: 'Ventas',
    closer: 'lucia',
  }
  const month = planMonth(house, {
    now: now.getTime(),
    days: DAYS,
    quietBefore: QUIET_BEFORE,
    rhythm: scaled(RHYTHM, scale),
    personas: monthPersonas,
    busyNow: present.busyNow,
  })
  await playCompany(company, {
    began,
    now,
    cues: [...planLunches(house, 'yuliana'), ...month.flatMap(({ cues }) => cues), ...present.cues],
    onProgress: options.onProgress,
  })
  return company
}

const scaled = (rhythm: Rhythm, scale: number): Rhythm => {
  const of = ([low, high]: readonly [number, number]) =>
    [Math.round(low * scale), Math.round(high * scale)] as const
  return { workday: of(rhythm.workday), saturday: of(rhythm.saturday), closed: of(rhythm.closed) }
}

async function hoursOf(company: Company, now: Date): Promise<WorkingHours> {
  const { timeZone, holidays } = await holidaysOf(company)
  const hours = { timeZone, holidays, lunchTeam: LUNCH_TEAM }
  const lunchDays = Array.from({ length: DAYS }, (_, back) =>
    dayOf(now.getTime() - (back + 1) * DAY, timeZone),
  ).filter((day) => weekdayOf(day) <= 5 && slotOf(day, { ...hours, lunchDays: new Set() }))
  return { ...hours, lunchDays: new Set(lunchDays) }
}

import { LRUCache } from 'lru-cache'
import { queryAs, type TenantId } from '@/server/kernel/database'
import type { Calendar } from './hours'

/** A change of hours reaches every process within this time; events already stored keep theirs. */
const FRESH_MS = 60_000

const calendars = new LRUCache<TenantId, Calendar>({ max: 2_000, ttl: FRESH_MS })

type CalendarRow = {
  timeZone: string
  slots: { validFrom: string; weekday: number; opensMinute: number; closesMinute: number }[]
  holidays: string[]
}

/** The company's zone, opening slots and holidays. One statement, kept for a minute. */
export async function calendarOf(tenantId: TenantId): Promise<Calendar> {
  const known = calendars.get(tenantId)
  if (known) return known
  const { rows } = await queryAs<CalendarRow>(
    tenantId,
    `SELECT t."timeZone",
       COALESCE((SELECT jsonb_agg(jsonb_build_object('validFrom', b."validFrom", 'weekday', b.weekday,
         'opensMinute', b."opensMinute", 'closesMinute', b."closesMinute"))
         FROM business_hours b WHERE b."tenantId" = t.id), '[]') AS slots,
       COALESCE((SELECT jsonb_agg(h.day) FROM holiday h WHERE h."tenantId" = t.id), '[]') AS holidays
     FROM tenant t WHERE t.id = $1`,
    [tenantId],
  )
  const row = rows[0]
  if (!row) throw new Error('a calendar was asked for a company that is not there')
  const calendar: Calendar = { timeZone: row.timeZone, slots: row.slots, holidays: new Set(row.holidays) }
  calendars.set(tenantId, calendar)
  return calendar
}

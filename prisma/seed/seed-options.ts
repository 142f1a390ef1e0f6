import { forTenant } from '@/server/kernel/database'
import type { Company } from './story'

export type Progress = (chats: { done: number; total: number }) => void

export type SeedOptions = {
  companyName: string
  /** Put before the @ of every address, so that a test's people are nobody else's. */
  emailSuffix: string
  password: string
  /** The story ends here. */
  now: Date
  /** 1 = a whole month; what goes on now is always whole. */
  scale: number
  onProgress: Progress
}

/** The company's zone, and the days on which it is closed. */
export async function holidaysOf({
  tenantId,
}: Company): Promise<{ timeZone: string; holidays: ReadonlySet<string> }> {
  const db = forTenant(tenantId)
  const [{ timeZone }, holidays] = await Promise.all([
    db.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { timeZone: true } }),
    db.holiday.findMany({ where: { tenantId }, select: { day: true } }),
  ])
  return { timeZone, holidays: new Set(holidays.map(({ day }) => day.toISOString().slice(0, 10))) }
}

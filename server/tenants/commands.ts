import { randomBytes } from 'node:crypto'
import type { Transaction } from '@/server/kernel/context'
import { newId } from '@/server/kernel/ids'
import { publicHolidays } from './holidays'
import { type CountryCode, slugFrom, usualHours, zoneOf } from './rules'

export type NewCompany = { name: string; country: CountryCode; locale: string }

/** Hours of a new company hold for its past too: an imported or demonstrated past is measured by them. */
const ALWAYS = new Date('2000-01-01')

/**
 * The company's own row, with the first free address of its name, its usual hours and its holidays of this year and the
 * next. As the system role: the app role creates no companies.
 */
export async function createCompany(
  tx: Transaction,
  { name, country, locale }: NewCompany,
): Promise<{ slug: string }> {
  const company = { id: tx.tenantId, name, country, timeZone: zoneOf(country), locale, createdAt: tx.now }
  const slug = await takeSlug(tx, name, company)
  await tx.db.businessHours.createMany({
    data: usualHours.map((slot) => ({ tenantId: tx.tenantId, id: newId(), validFrom: ALWAYS, ...slot })),
  })
  const year = tx.now.getUTCFullYear()
  await tx.db.holiday.createMany({
    data: [year, year + 1]
      .flatMap((each) => publicHolidays(country, each, locale))
      .map(({ day, name: holiday }) => ({ tenantId: tx.tenantId, day: new Date(day), name: holiday })),
    skipDuplicates: true,
  })
  return { slug }
}

type CompanyRow = {
  id: string
  name: string
  country: string
  timeZone: string
  locale: string
  createdAt: Date
}

/** Insert and look whether it took: two companies of one name at the same moment get two addresses. */
async function takeSlug(tx: Transaction, name: string, company: CompanyRow): Promise<string> {
  const base = slugFrom(name)
  const numbered = Array.from({ length: 8 }, (_, index) => `${base}-${index + 2}`)
  for (const slug of [base, ...numbered, `${base}-${randomBytes(4).toString('hex')}`]) {
    const { count } = await tx.db.tenant.createMany({ data: [{ ...company, slug }], skipDuplicates: true })
    if (count === 1) return slug
  }
  throw new Error('no free address for the company')
}

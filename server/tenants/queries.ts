import type { TenantContext } from '@/server/kernel/context'
import { DomainError } from '@/server/kernel/errors'
import { type CompanySettings, companySettingsSchema } from './schema'

export type Company = {
  slug: string
  name: string
  country: string
  timeZone: string
  locale: string
  settings: CompanySettings
}

/** The company of the context, its settings filled up with the defaults. */
export async function readCompany(ctx: Pick<TenantContext, 'db' | 'tenantId'>): Promise<Company> {
  const row = await ctx.db.tenant.findUnique({
    where: { id: ctx.tenantId },
    select: { slug: true, name: true, country: true, timeZone: true, locale: true, settings: true },
  })
  if (!row) throw new DomainError('NOT_FOUND', 'companyNotFound')
  return { ...row, settings: companySettingsSchema.parse(row.settings) }
}

import { memberProcedure, router } from '@/server/trpc/procedures'
import { readCompany } from './queries'

export const tenantsRouter = router({
  company: memberProcedure.query(({ ctx }) => readCompany(ctx.tenant)),
})

import { setProfile } from '@/server/auth/accounts'
import { memberOf } from '@/server/kernel/context'
import { systemDb } from '@/server/kernel/database'
import { companySettingsSchema } from '@/server/tenants/schema'
import { memberProcedure, procedureFor, router, userProcedure } from '@/server/trpc/procedures'
import { setAvailability } from './commands'
import { listCompanies, listMembers, listTeams } from './queries'
import { managers } from './rules'
import {
  createTeamInput,
  profileInput,
  renameTeamInput,
  setAvailabilityInput,
  setTeamMembersInput,
} from './schema'
import { createTeam, renameTeam, setTeamMembers } from './teams'

export const membersRouter = router({
  /** Who am I, and where: what the workspace's frame shows, and what of the company I may hear. */
  me: memberProcedure.query(async ({ ctx }) => {
    const { teamIds, sees, seesTeamless } = memberOf(ctx.tenant)
    const { firstAnswerGoalSeconds } = companySettingsSchema.parse(ctx.settings)
    return {
      user: ctx.user,
      member: ctx.member,
      hearing: { teamIds: [...teamIds], sees, seesTeamless },
      company: { ...ctx.company, id: ctx.tenant.tenantId, firstAnswerGoalSeconds },
      companies: await listCompanies(ctx.user.id),
    }
  }),
  companies: userProcedure.query(({ ctx }) => listCompanies(ctx.user.id)),
  list: memberProcedure.query(({ ctx }) => listMembers(ctx.tenant)),
  teams: memberProcedure.query(({ ctx }) => listTeams(ctx.tenant)),
  setAvailability: memberProcedure
    .input(setAvailabilityInput)
    .mutation(({ ctx, input }) => setAvailability(ctx.tenant, input)),
  createTeam: procedureFor(managers)
    .input(createTeamInput)
    .mutation(({ ctx, input }) => createTeam(ctx.tenant, input)),
  renameTeam: procedureFor(managers)
    .input(renameTeamInput)
    .mutation(({ ctx, input }) => renameTeam(ctx.tenant, input)),
  setTeamMembers: procedureFor(managers)
    .input(setTeamMembersInput)
    .mutation(({ ctx, input }) => setTeamMembers(ctx.tenant, input)),
  setProfile: userProcedure
    .input(profileInput)
    .mutation(({ ctx, input }) => setProfile(systemDb(), ctx.user.id, input)),
})

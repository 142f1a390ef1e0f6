import { countAttempt } from '@/server/auth/rate-limits'
import { requestReset, resetPassword } from '@/server/auth/reset'
import { requestResetInput, resetInput } from '@/server/auth/schema'
import { log } from '@/server/kernel/log'
import { cutConnectionsOf } from '@/server/members/commands'
import { managers } from '@/server/members/rules'
import { procedureFor, publicProcedure, router } from '@/server/trpc/procedures'
import { signUp } from './commands'
import { listTemplates, readFirstRun } from './queries'
import { chooseTemplateInput, signUpInput } from './schema'
import { chooseTemplate } from './template'

const manager = procedureFor(managers)

export const onboardingRouter = router({
  /** Opens a company; the browser then signs in with the same password. */
  signUp: publicProcedure.input(signUpInput).mutation(async ({ ctx, input }) => {
    await countAttempt('sign-up-address', ctx.address)
    const { slug } = await signUp(input, ctx.now)
    return { slug }
  }),
  /** The list of first steps. */
  firstRun: manager.query(({ ctx }) => readFirstRun(ctx.tenant)),
  templates: manager.query(({ ctx }) => listTemplates(ctx.tenant)),
  chooseTemplate: manager
    .input(chooseTemplateInput)
    .mutation(({ ctx, input }) => chooseTemplate(ctx.tenant, input)),
})

/** The way back in for who forgot the password; sign-in itself is next-auth's door. */
export const authRouter = router({
  requestReset: publicProcedure.input(requestResetInput).mutation(async ({ ctx, input }) => {
    await requestReset(input.email, ctx)
    return null
  }),
  reset: publicProcedure.input(resetInput).mutation(async ({ ctx, input }) => {
    const { userId } = await resetPassword(input, ctx.now)
    // The sessions are gone already; what is still connected hears no more.
    ctx.keepAlive(
      cutConnectionsOf(userId).catch((error: unknown) => log.warn({ err: error }, 'connections not cut')),
    )
    return null
  }),
})

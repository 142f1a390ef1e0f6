import { countAttempt } from '@/server/auth/rate-limits'
import { publicProcedure, router } from '@/server/trpc/procedures'
import { signUp } from './commands'
import { signUpInput } from './schema'

export const onboardingRouter = router({
  /** Opens a company; the browser then signs in with the same password. */
  signUp: publicProcedure.input(signUpInput).mutation(async ({ ctx, input }) => {
    await countAttempt('sign-up-address', ctx.address)
    const { slug } = await signUp(input, ctx.now)
    return { slug }
  }),
})

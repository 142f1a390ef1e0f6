import { membersRouter } from './members/router'
import { menuRouter } from './menu/router'
import { authRouter, onboardingRouter } from './onboarding/router'
import { tenantsRouter } from './tenants/router'
import { createCallerFactory, router } from './trpc/procedures'

/** Everything that a page may ask or command. tests/sweep calls each procedure as a stranger. */
export const appRouter = router({
  auth: authRouter,
  members: membersRouter,
  menu: menuRouter,
  onboarding: onboardingRouter,
  tenants: tenantsRouter,
})

export type AppRouter = typeof appRouter

/** Calls without HTTP: server components and tests. */
export const createCaller = createCallerFactory(appRouter)

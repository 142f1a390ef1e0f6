import { channelsRouter } from './channels/router'
import { conversationsRouter } from './conversations/router'
import { simulatorRouter } from './inbound/simulator'
import { membersRouter } from './members/router'
import { menuRouter } from './menu/router'
import { monitoringRouter } from './monitoring/router'
import { authRouter, onboardingRouter } from './onboarding/router'
import { routingRouter } from './routing/router'
import { tenantsRouter } from './tenants/router'
import { createCallerFactory, router } from './trpc/procedures'

/** Everything that a page may ask or command. tests/sweep calls each procedure as a stranger. */
export const appRouter = router({
  auth: authRouter,
  channels: channelsRouter,
  conversations: conversationsRouter,
  members: membersRouter,
  menu: menuRouter,
  monitoring: monitoringRouter,
  onboarding: onboardingRouter,
  routing: routingRouter,
  simulator: simulatorRouter,
  tenants: tenantsRouter,
})

export type AppRouter = typeof appRouter

/** Calls without HTTP: server components and tests. */
export const createCaller = createCallerFactory(appRouter)

import { transferInput } from '@/server/conversations/schema'
import { memberProcedure, router } from '@/server/trpc/procedures'
import { transferConversation } from './commands'

export const routingRouter = router({
  /** Passes a chat to a member, or to a team's people or waiting line. */
  transfer: memberProcedure
    .input(transferInput)
    .mutation(({ ctx, input }) => transferConversation(ctx.tenant, input)),
})

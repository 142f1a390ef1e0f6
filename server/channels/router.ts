import { z } from 'zod'
import { memberProcedure, procedureFor, router } from '@/server/trpc/procedures'
import { addChannel, renameChannel, restartChannel, setChannelWanted } from './commands'
import { listChannels, pairingOf } from './queries'

const channelId = z.uuid()
const name = z.string().trim().min(1, 'nameEmpty').max(60, 'nameTooLong')
/** Who may connect and disconnect numbers. */
const connecting = procedureFor(['owner', 'admin'])

export const channelsRouter = router({
  /** All channels with their live state: everyone sees why a chat waits. */
  list: memberProcedure.query(({ ctx }) => listChannels(ctx.tenant)),
  /** The code to scan. */
  pairing: connecting
    .input(z.object({ channelId }))
    .query(({ ctx, input }) => pairingOf(ctx.tenant, input.channelId)),
  /** Adds a WhatsApp number by bridge; its code follows within a second. */
  connect: connecting.input(z.object({ name })).mutation(({ ctx, input }) =>
    addChannel(ctx.tenant, {
      kind: 'whatsapp-bridge',
      name: input.name,
      menuId: null,
      defaultTeamId: null,
    }),
  ),
  rename: connecting
    .input(z.object({ channelId, name }))
    .mutation(({ ctx, input }) => renameChannel(ctx.tenant, input)),
  /** "Try again now". */
  restart: connecting
    .input(z.object({ channelId }))
    .mutation(({ ctx, input }) => restartChannel(ctx.tenant, input)),
  setWanted: connecting
    .input(z.object({ channelId, wanted: z.boolean() }))
    .mutation(({ ctx, input }) => setChannelWanted(ctx.tenant, input)),
})

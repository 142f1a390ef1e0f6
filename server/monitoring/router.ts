import { z } from 'zod'
import { procedureFor, router } from '@/server/trpc/procedures'
import { journalRows, ledgerPage, ledgerTotals, retakeJournalRow } from './ledger'
import { linkChanges, listAlarms, monitorOf } from './queries'
import { changesInput, ledgerPageInput, ledgerRangeInput } from './schema'

const ofChannel = z.object({ channelId: z.uuid() })
/** Agents read the bar in their chats; the monitor is for who may do something about it. */
const watching = procedureFor(['owner', 'admin', 'supervisor'])
const connecting = procedureFor(['owner', 'admin'])

export const monitoringRouter = router({
  channel: watching.input(ofChannel).query(({ ctx, input }) => monitorOf(ctx.tenant, input.channelId)),
  changes: watching.input(changesInput).query(({ ctx, input }) => linkChanges(ctx.tenant, input)),
  alarms: watching.query(({ ctx }) => listAlarms(ctx.tenant)),
  ledgerTotals: watching.input(ledgerRangeInput).query(({ ctx, input }) => ledgerTotals(ctx.tenant, input)),
  ledger: watching.input(ledgerPageInput).query(({ ctx, input }) => ledgerPage(ctx.tenant, input)),
  journal: watching.input(ofChannel).query(({ ctx, input }) => journalRows(ctx.tenant, input.channelId)),
  retakeEntry: connecting
    .input(z.object({ channelId: z.uuid(), entryId: z.uuid() }))
    .mutation(({ ctx, input }) => retakeJournalRow(ctx.tenant, input)),
})

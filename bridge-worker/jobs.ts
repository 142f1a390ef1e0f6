import { type Runner, run } from 'graphile-worker'
import { z } from 'zod'
import { type AfterCommit, systemContext } from '@/server/kernel/context'
import { asTenantId } from '@/server/kernel/database'
import { env } from '@/server/kernel/env'
import type { JobName } from '@/server/kernel/jobs'
import { offerWaitingLine } from '@/server/routing/commands'

type Handler = (payload: unknown) => Promise<void>

const ofTenant = z.object({ tenantId: z.uuid() })

/** Name -> handler. Whoever enqueues knows only the name. Handlers are idempotent: a job may run twice. */
function handlers(afterCommit: (news: AfterCommit) => void): Record<JobName, Handler> {
  return {
    'routing.offer': async (payload) => {
      const { tenantId } = ofTenant.parse(payload)
      await offerWaitingLine(
        systemContext(asTenantId(tenantId), { kind: 'system', name: 'routing' }, new Date(), afterCommit),
      )
    },
  }
}

/** Starts the runner of jobs; it connects as the owner of its own schema. */
export async function startJobs(afterCommit: (news: AfterCommit) => void): Promise<Runner> {
  return run({
    connectionString: env('databaseOwnerUrl'),
    concurrency: 4,
    noHandleSignals: true,
    parsedCronItems: [],
    taskList: handlers(afterCommit),
  })
}

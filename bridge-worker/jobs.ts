import { type Runner, run } from 'graphile-worker'
import { z } from 'zod'
import { sendResetLink } from '@/server/auth/reset'
import { now } from '@/server/kernel/clock'
import { type AfterCommit, systemContext } from '@/server/kernel/context'
import { asTenantId } from '@/server/kernel/database'
import { env } from '@/server/kernel/env'
import type { JobName } from '@/server/kernel/jobs'
import { openLetter } from '@/server/mail/commands'
import { deliverLetter } from '@/server/mail/delivery'
import { offerWaitingLine } from '@/server/routing/commands'

type Handler = (payload: unknown) => Promise<void>

const ofAddress = z.object({ email: z.string() })
const ofLetter = z.object({ letter: z.string() })
const ofTenant = z.object({ tenantId: z.uuid() })

/** Name -> handler. Whoever enqueues knows only the name. Handlers are idempotent: a job may run twice. */
function handlers(afterCommit: (news: AfterCommit) => void): Record<JobName, Handler> {
  return {
    'routing.offer': async (payload) => {
      const { tenantId } = ofTenant.parse(payload)
      await offerWaitingLine(
        systemContext(asTenantId(tenantId), { kind: 'system', name: 'routing' }, now(), afterCommit),
      )
    },
    'auth.sendResetLink': async (payload) => {
      await sendResetLink(ofAddress.parse(payload).email, now())
    },
    'mail.send': async (payload) => {
      await deliverLetter(openLetter(ofLetter.parse(payload).letter), now())
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

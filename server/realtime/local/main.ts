import { z } from 'zod'
import { logToStderr } from './log'
import { startRealtimeServer } from './server'

/** Process entry. Reads its own part of the environment, because this folder runs without the rest. */

const environment = z
  .object({
    PUSHER_APP_ID: z.string().min(1),
    PUSHER_KEY: z.string().min(1),
    PUSHER_SECRET: z.string().min(1),
    REALTIME_PORT: z.coerce.number().int().min(0).max(65_535).default(6001),
  })
  .safeParse(process.env)

if (environment.success) await run(environment.data)
else fail(`Missing or wrong: ${environment.error.issues.map((issue) => issue.path.join('.')).join(', ')}`)

async function run(env: NonNullable<typeof environment.data>): Promise<void> {
  try {
    const server = await startRealtimeServer({
      appId: env.PUSHER_APP_ID,
      key: env.PUSHER_KEY,
      secret: env.PUSHER_SECRET,
      port: env.REALTIME_PORT,
    })
    const stop = () => server.close().then(() => process.exit(0))
    process.once('SIGTERM', stop)
    process.once('SIGINT', stop)
    process.stdout.write(`realtime ready on 127.0.0.1:${server.port}\n`)
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error))
  }
}

function fail(reason: string): void {
  logToStderr('error', 'realtime cannot start', { reason })
  process.exitCode = 1
}

import { closeDatabase } from '@/server/kernel/database'
import { env } from '@/server/kernel/env'
import { log } from '@/server/kernel/log'
import { seedDemo } from './seed-demo'

/** Fills an empty database with the demo. Started by `npm start`, in demo mode only. */
async function main(): Promise<void> {
  // Nobody listens to what the commands announce, and that would be a warning a second.
  log.level = 'error'
  const password = env('demoPassword')
  if (env('appMode') !== 'demo' || !password) {
    throw new Error('APP_MODE, DEMO_PASSWORD: the demo company is written in demo mode only.')
  }
  const startedAt = Date.now()
  await seedDemo({
    nameSuffix: '',
    emailSuffix: '',
    password,
    now: new Date(),
    scale: 1,
    onProgress: showProgress,
  })
  process.stdout.write(`\nDemo written in ${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`)
}

/** One line, redrawn; without a terminal a line now and then. */
function showProgress({ done, total }: { done: number; total: number }): void {
  const words = `chats: ${done} of ${total}`
  if (process.stdout.isTTY) process.stdout.write(`\r${words}`)
  else if (done % 20 === 0 || done === total) process.stdout.write(`${words}\n`)
}

main()
  .then(closeDatabase)
  // Ends here and now: a late announcement may have opened a connection again.
  .then(() => process.exit(0))
  .catch((error: unknown) => {
    console.error(error)
    process.exit(1)
  })

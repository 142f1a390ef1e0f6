// npm start and, with --dev, npm run dev: runs what prepare.mjs made ready, until it is told to stop.
import { requireRecentNode } from './start/node-version.mjs'

requireRecentNode()
const { run } = await import('./runner/run.mjs')
process.exit(await run({ dev: process.argv.includes('--dev') }))

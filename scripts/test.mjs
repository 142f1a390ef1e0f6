// npm test, and its parts by name: node scripts/test.mjs [unit|db|worker|deep|e2e|bench|screenshots] [path filters]
import { requireRecentNode } from './start/node-version.mjs'

requireRecentNode()
const { main } = await import('./test/main.mjs')
process.exitCode = await main(process.argv.slice(2))

// Before npm start and npm run dev: everything up to the point where the processes can run. Node built-ins only until
// the packages are installed; --dev leaves the production build out.
import { requireRecentNode } from './start/node-version.mjs'

requireRecentNode()
const { prepare } = await import('./start/prepare-steps.mjs')
process.exitCode = await prepare({ dev: process.argv.includes('--dev') })

// npm run check: format, lint, types, import rules, unused code, documents.
import { requireRecentNode } from './start/node-version.mjs'

requireRecentNode()
const { printFailure } = await import('./start/failure.mjs')
try {
  const { installPackages } = await import('./start/install.mjs')
  await installPackages()
  const { generateClient } = await import('./generate-client.mjs')
  await generateClient()
  const { runChecks } = await import('./check/run-checks.mjs')
  const { failed } = await runChecks()
  process.exitCode = failed > 0 ? 1 : 0
} catch (error) {
  printFailure(error)
  process.exitCode = 1
}

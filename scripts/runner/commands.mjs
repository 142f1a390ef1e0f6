import { pickFor } from '../start/environment.mjs'

const NEXT = 'node_modules/next/dist/bin/next'
const TSX = 'node_modules/tsx/dist/cli.mjs'

/**
 * The processes of the product as commands.
 * @param {Record<string, string>} env of describeEnvironment
 * @param {{ dev: boolean }} options dev: from the sources, with reload
 * @returns {import('./processes.mjs').ChildCommand[]}
 */
export function productCommands(env, { dev }) {
  const site = [NEXT, dev ? 'dev' : 'start', '-p', env.SITE_PORT, '-H', '127.0.0.1']
  const watch = (file) => [TSX, 'watch', '--clear-screen=false', file]
  const commands = [
    { name: 'site', args: site, env: pickFor('site', env) },
    {
      name: 'worker',
      args: dev ? watch('bridge-worker/main.ts') : ['dist/bridge-worker.mjs'],
      env: pickFor('worker', env),
    },
  ]
  if (env.REALTIME_MODE !== 'local') return commands
  const realtime = dev ? watch('server/realtime/local/main.ts') : ['dist/realtime.mjs']
  return [...commands, { name: 'realtime', args: realtime, env: pickFor('realtime', env) }]
}

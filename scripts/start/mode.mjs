import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartFailure } from './failure.mjs'

/** Overrides of outside addresses: with them a production system would talk to a stand-in. */
const DEMO_ONLY = ['WHATSAPP_WEB_SOCKET_URL']

const demoMark = (dataFolder) => join(dataFolder, 'demo')

/** Written when the embedded database is made for a demo: the only place where demo mode can come from. */
export function markAsDemo(dataFolder) {
  writeFileSync(demoMark(dataFolder), 'This installation was started without DATABASE_URL and PUBLIC_URL.\n')
}

/**
 * Demo conveniences are never guarded by NODE_ENV, only by this decision.
 * @param {Record<string, string | undefined>} settings
 * @param {{ dataFolder: string, isNew: boolean }} installation isNew: its database has still to be made
 * @returns {'demo' | 'production'}
 * @throws {StartFailure} naming a variable that production does not allow
 */
export function decideMode(settings, { dataFolder, isNew }) {
  const given = ['DATABASE_URL', 'PUBLIC_URL'].find((name) => settings[name])
  const mayBeDemo = !given && (isNew || existsSync(demoMark(dataFolder)))
  if (settings.APP_MODE && !['demo', 'production'].includes(settings.APP_MODE)) {
    throw new StartFailure(`APP_MODE is "${settings.APP_MODE}".`, 'Use demo or production, or leave it out.')
  }
  if (settings.APP_MODE === 'demo' && !mayBeDemo) {
    const reason = given ? `${given} is set` : 'this database was not made as a demo'
    throw new StartFailure(
      `APP_MODE=demo is refused because ${reason}.`,
      'Leave APP_MODE out, or use a DATA_DIR of its own for a demo.',
    )
  }
  const mode = mayBeDemo && settings.APP_MODE !== 'production' ? 'demo' : 'production'
  const forbidden = mode === 'production' && DEMO_ONLY.find((name) => settings[name])
  if (forbidden) {
    throw new StartFailure(
      `${forbidden} is set, and that is refused in production: it replaces the real service by a stand-in.`,
      `Remove ${forbidden} from the environment and from .env.`,
    )
  }
  return mode
}

/** @returns {boolean} whether demo logins may exist in what now runs as production */
export function beganAsDemo(dataFolder) {
  return existsSync(demoMark(dataFolder))
}

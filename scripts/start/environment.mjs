import { StartFailure } from './failure.mjs'

const DEFAULT_PORT = 3000

/** @returns {number} the public port @throws {StartFailure} when PORT is no port */
export function readPort(settings) {
  const port = Number(settings.PORT || DEFAULT_PORT)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new StartFailure(`PORT is "${settings.PORT}".`, 'Use a number from 1 to 65535.')
}

/** @returns {string} the address of the public port: a demo is for this machine alone */
export function readHost(settings, mode) {
  return settings.HOST || (mode === 'demo' ? '127.0.0.1' : '0.0.0.0')
}

/** @returns {string} without a slash at the end */
export function readPublicUrl(settings) {
  if (!settings.PUBLIC_URL) return `http://localhost:${readPort(settings)}`
  if (!/^https?:$/.test(URL.canParse(settings.PUBLIC_URL) ? new URL(settings.PUBLIC_URL).protocol : '')) {
    throw new StartFailure(
      `PUBLIC_URL is "${settings.PUBLIC_URL}".`,
      'Give the whole address, for example https://chat.example.com',
    )
  }
  return settings.PUBLIC_URL.replace(/\/+$/, '')
}

/**
 * @param {Record<string, string | undefined>} settings
 * @param {number} realtimePort of the local server
 * @returns {Record<string, string>} where servers and browsers find the Pusher protocol
 */
function describeRealtime(settings, realtimePort) {
  const kept = (names) =>
    Object.fromEntries(names.filter((name) => settings[name]).map((name) => [name, settings[name]]))
  const browser = kept(['PUSHER_PUBLIC_HOST', 'PUSHER_PUBLIC_PORT', 'PUSHER_PUBLIC_TLS'])
  if (settings.PUSHER_HOST) {
    return {
      REALTIME_MODE: 'self-hosted',
      ...kept(['PUSHER_HOST', 'PUSHER_PORT', 'PUSHER_USE_TLS', 'PUSHER_CLUSTER']),
      ...browser,
    }
  }
  if (settings.PUSHER_CLUSTER) return { REALTIME_MODE: 'hosted', ...kept(['PUSHER_CLUSTER']) }
  return {
    REALTIME_MODE: 'local',
    PUSHER_HOST: '127.0.0.1',
    PUSHER_PORT: String(realtimePort),
    PUSHER_USE_TLS: 'false',
    ...browser,
  }
}

/**
 * The whole environment of the product's processes; `pickFor` then gives each its part.
 * @param {{ settings: Record<string, string | undefined>, mode: 'demo' | 'production', dataFolder: string,
 *   urls: { owner: string, app: string, system: string }, sitePort: number, realtimePort: number, dev?: boolean }} input
 *   settings: process environment over .env
 * @returns {Record<string, string>}
 */
export function describeEnvironment({
  settings,
  mode,
  dataFolder,
  urls,
  sitePort,
  realtimePort,
  dev = false,
}) {
  const publicUrl = readPublicUrl(settings)
  const { DEMO_PASSWORD, ...rest } = settings
  return {
    ...rest,
    ...(mode === 'demo' ? { DEMO_PASSWORD } : {}),
    APP_MODE: mode,
    NODE_ENV: dev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    DATABASE_OWNER_URL: urls.owner,
    DATABASE_APP_URL: urls.app,
    DATABASE_SYSTEM_URL: urls.system,
    PORT: String(readPort(settings)),
    HOST: readHost(settings, mode),
    PUBLIC_URL: publicUrl,
    NEXTAUTH_URL: publicUrl,
    DATA_DIR: dataFolder,
    SITE_PORT: String(sitePort),
    REALTIME_PORT: String(realtimePort),
    ...describeRealtime(settings, realtimePort),
  }
}

/**
 * Secrets that a process has no use for. Next.js reads .env by itself but leaves alone what is set, so for the site they
 * are set empty instead of being left out.
 */
const WITHHELD = {
  site: [
    'SMTP_URL',
    'DATABASE_URL',
    'DATABASE_OWNER_URL',
    'DATABASE_OWNER_PASSWORD',
    'DATABASE_APP_PASSWORD',
    'DATABASE_SYSTEM_PASSWORD',
  ],
  worker: ['DATABASE_OWNER_PASSWORD', 'DATABASE_APP_PASSWORD', 'DATABASE_SYSTEM_PASSWORD'],
  realtime: [
    'DATABASE_URL',
    'DATABASE_OWNER_URL',
    'DATABASE_APP_URL',
    'DATABASE_SYSTEM_URL',
    'AUTH_SECRET',
    'SEALING_KEY',
    'SMTP_URL',
  ].concat(['DATABASE_OWNER_PASSWORD', 'DATABASE_APP_PASSWORD', 'DATABASE_SYSTEM_PASSWORD', 'DEMO_PASSWORD']),
}

/** @param {'site' | 'worker' | 'realtime'} name @param {Record<string, string>} env @returns {Record<string, string>} its part */
export function pickFor(name, env) {
  return { ...env, ...Object.fromEntries(WITHHELD[name].map((secret) => [secret, ''])) }
}

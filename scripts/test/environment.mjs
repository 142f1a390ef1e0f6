import { makeSecrets } from '../start/secrets.mjs'

/** Settings of the reader's own installation must not leak into a run: only what starts the tools is kept. */
const FOREIGN =
  /^(DATABASE_|TEST_DATABASE_(?!URL$)|PUSHER_|APP_MODE$|PUBLIC_URL$|NEXTAUTH_|AUTH_SECRET$|SEALING_KEY$|DATA_DIR$|PORT$|HOST$|REALTIME_|SITE_|WHATSAPP_|SMTP_|MAIL_|NODE_ENV$)/

/** Takes the reader's settings out of this process, so that no child inherits them. */
export function dropOwnSettings() {
  for (const name of Object.keys(process.env)) if (FOREIGN.test(name)) delete process.env[name]
}

/**
 * What every vitest project gets.
 * @param {string} dataFolder a folder of this run
 * @returns {Record<string, string>}
 */
export function describeTestEnvironment(dataFolder) {
  const { DATABASE_OWNER_PASSWORD, DATABASE_APP_PASSWORD, DATABASE_SYSTEM_PASSWORD, ...secrets } =
    makeSecrets()
  return {
    ...secrets,
    APP_MODE: 'demo',
    PUBLIC_URL: 'http://localhost:3000',
    NEXTAUTH_URL: 'http://localhost:3000',
    DATA_DIR: dataFolder,
    NODE_ENV: 'test',
    TZ: 'UTC',
    NEXT_TELEMETRY_DISABLED: '1',
  }
}

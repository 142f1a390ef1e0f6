import { pino } from 'pino'
import { env } from './env'

/** One JSON line per event. Secrets are sealed before they come near a log; these paths are a second net. */
export const log = pino({
  level: env('logLevel'),
  base: null,
  redact: {
    paths: ['*.password', '*.passwordHash', '*.token', '*.secret', '*.creds', '*.keys'],
    censor: '[sealed]',
  },
})

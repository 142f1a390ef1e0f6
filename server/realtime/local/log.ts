export type Log = (level: 'info' | 'warn' | 'error', message: string, facts?: Record<string, unknown>) => void

/** One JSON line per entry on stderr; stdout is kept for the ready line. */
export const logToStderr: Log = (level, message, facts) => {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...facts })}\n`)
}

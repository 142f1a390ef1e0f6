/** An unmodified Baileys on the emulator, with an auth state in memory: what tests and measurements talk through. */
import {
  type AuthenticationState,
  type ConnectionState,
  initAuthCreds,
  makeWASocket,
  type UserFacingSocketConfig,
  type WAMessage,
  type WAMessageUpdate,
} from '@whiskeysockets/baileys'
import { pino } from 'pino'
import { makeMemoryKeys } from './memory-keys'

const PATIENCE_MS = 10_000

export type StockClient = ReturnType<typeof startStockClient>

export const makeMemoryAuth = (): AuthenticationState => ({ creds: initAuthCreds(), keys: makeMemoryKeys() })

/** Connects once; a client that the server tells to come back (515) is started again with the same `auth`. */
export function startStockClient(
  url: string,
  auth: AuthenticationState,
  options: Partial<UserFacingSocketConfig> = {},
) {
  const socket = makeWASocket({
    waWebSocketUrl: url,
    auth,
    logger: pino({ level: 'silent' }),
    markOnlineOnConnect: false,
    syncFullHistory: false,
    ...options,
  })
  const seen = {
    qrs: [] as string[],
    messages: [] as { type: string; message: WAMessage }[],
    updates: [] as WAMessageUpdate[],
    state: {} as Partial<ConnectionState>,
    hasHistory: false,
    /** Status code of the end of the connection. */
    closedBy: undefined as number | undefined,
  }
  const checks = new Set<() => void>()
  const look = () => {
    for (const check of checks) check()
  }

  socket.ev.on('creds.update', (update) => Object.assign(auth.creds, update))
  socket.ev.on('connection.update', (update) => {
    Object.assign(seen.state, update)
    if (update.qr) seen.qrs.push(update.qr)
    if (update.connection === 'close') seen.closedBy = codeOf(update.lastDisconnect?.error)
    look()
  })
  socket.ev.on('messaging-history.set', () => {
    seen.hasHistory = true
    look()
  })
  socket.ev.on('messages.upsert', ({ messages, type }) => {
    for (const message of messages)
      if (!message.message?.protocolMessage) seen.messages.push({ type, message })
    look()
  })
  socket.ev.on('messages.update', (updates) => {
    seen.updates.push(...updates)
    look()
  })

  return {
    socket,
    seen,
    /** What customers wrote, in the order it arrived. */
    inboundTexts: () =>
      seen.messages
        .filter(({ message }) => !message.key.fromMe)
        .map(({ message }) => message.message?.conversation ?? ''),
    until(claim: string, isTrue: () => boolean): Promise<void> {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          checks.delete(check)
          reject(new Error(`The client did not come to: ${claim} (${JSON.stringify(seen.state)})`))
        }, PATIENCE_MS)
        const check = () => {
          if (!isTrue()) return
          clearTimeout(timer)
          checks.delete(check)
          resolve()
        }
        checks.add(check)
        check()
      })
    },
    async stop() {
      await socket.end(undefined)
    },
  }
}

function codeOf(error: Error | undefined): number | undefined {
  const output = error && 'output' in error ? error.output : undefined
  return output && typeof output === 'object' && 'statusCode' in output
    ? Number(output.statusCode)
    : undefined
}

/** Shows a QR, has it scanned by `scan`, comes back after the 515 and waits for the phone's history. */
export async function pairStockClient(
  url: string,
  auth: AuthenticationState,
  scan: (qr: string) => unknown,
  options: Partial<UserFacingSocketConfig> = {},
): Promise<StockClient> {
  const shown = startStockClient(url, auth, options)
  await shown.until('a QR', () => shown.seen.qrs.length > 0)
  await scan(shown.seen.qrs[0] ?? '')
  await shown.until('the end of pairing', () => shown.seen.closedBy !== undefined)
  const client = startStockClient(url, auth, options)
  await client.until('history', () => client.seen.hasHistory)
  await client.until('first synchronisation', () => auth.creds.accountSyncCounter > 0)
  return client
}

import { LeaseLost, type OwnedChannel } from '@/server/channels/lease'
import type { SendResult } from '@/server/channels/schema'

import type { ChannelSession, SessionHost } from '@/server/channels/session'
import { log } from '@/server/kernel/log'
import { type BridgeAuth, offerLink, openLink, wipeLink } from './auth-state'
import { type BridgeSettings, type Connection, openConnection } from './connection'
import { fetchMedia } from './media'
import { CLEAN, decideNext, type Ending, type Memory, type Next } from './reconnect'
import { makeTelling } from './telling'

type Attempt = { how: 'login' | 'pair'; wipe: boolean }

/** What became of a connection, or of the attempt to open one. */
type Outcome = { ending: Ending; cause: unknown }

/** So many silent sockets in a row, and the whole session begins anew. */
const SOCKETS_BEFORE_SESSION = 2

/** Nothing came of it: the database did not answer, say. */
const NEVER_OPENED: Ending = {
  code: null,
  saidBy: 'network',
  wasLinked: false,
  wasScanned: false,
  wereCodesUsedUp: false,
  wasSteady: false,
}

/** Keeps one number connected, connection after connection, until it is stopped or the policy says so. */
export function startBridge(host: SessionHost, settings: BridgeSettings): ChannelSession {
  const owned: OwnedChannel = host
  const telling = makeTelling(host)
  const stopping = new AbortController()
  let current: Connection | null = null
  /** Why a phone has to scan again; stays on the screen with every code until the link is back. */
  let whyScan: { reason?: string } = {}

  /** Another channel of the company has the number that was scanned. */
  let isTaken = false
  /** Sockets in a row on which a round trip was not answered. */
  let silentInARow = 0

  const connect = async ({ how, wipe }: Attempt): Promise<Outcome> => {
    let cause: unknown = null
    const onBroken = (error: unknown) => {
      cause ??= error
      // Its end is awaited below, by whoever waits for the connection.
      void current?.end()
    }
    try {
      if (wipe) await wipeLink(owned)
      const auth = await chooseAuth(owned, how, onBroken)
      if (stopping.signal.aborted) return { ending: NEVER_OPENED, cause: null }
      const connection = openConnection(host, auth, telling, settings, whyScan, silentInARow > 0)
      current = connection
      const ending = await connection.ended
      silentInARow = connection.wasSilent() ? silentInARow + 1 : 0
      isTaken = connection.isTaken()
      return { ending, cause }
    } catch (error) {
      return { ending: NEVER_OPENED, cause: cause ?? error }
    } finally {
      current = null
    }
  }

  const run = async () => {
    let memory: Memory = CLEAN
    let attempt: Attempt = { how: 'login', wipe: false }
    telling.state('connecting')
    while (!stopping.signal.aborted) {
      const { ending, cause } = await connect(attempt)
      if (stopping.signal.aborted || cause instanceof LeaseLost) return
      if (isTaken) {
        await wipeLink(owned)
        telling.state('disconnected', { reason: 'already-connected' })
        return
      }
      const next = decideNext(ending, memory, settings.chance())
      log.info(
        { channelId: host.channelId, ...ending, next: next.do, ...next.link, err: cause },
        'bridge ended',
      )
      // What was silent stays so on the screen until it has proven otherwise.
      if (silentInARow === 0) tellLink(next, ending.code)
      if (next.do === 'stop') return
      if (silentInARow === SOCKETS_BEFORE_SESSION) await askForNewSession()
      memory = next.memory
      attempt = { how: next.do, wipe: next.wipe }
      await pause(next.afterMs, stopping.signal)
    }
  }

  /** Second step of healing. Where nobody can be asked the next socket follows. */
  const askForNewSession = () =>
    host
      .askForNewSession()
      .catch((error: unknown) =>
        log.warn({ err: error, channelId: host.channelId }, 'no new session asked for'),
      )

  const tellLink = ({ link }: Next, code: number | null) => {
    if (!link) return
    telling.state(link.state, { reason: link.reason, ...(code === null ? {} : { code }) })
    if (link.state === 'logged-out' || link.state === 'scan') whyScan = { reason: link.reason }
  }

  const running = run().catch((error: unknown) =>
    log.error({ err: error, channelId: host.channelId }, 'bridge stopped by an error'),
  )

  return {
    send: async (message, externalId) => (await current?.send(message, externalId)) ?? NO_LINK,
    react: async (target, emoji) => (await current?.act(target, { react: emoji })) ?? NO_LINK,
    edit: async (target, text) => (await current?.act(target, { edit: text })) ?? NO_LINK,
    delete: async (target) => (await current?.act(target, 'delete')) ?? NO_LINK,
    fetchMedia: (source) =>
      fetchMedia(source, {
        isOffline: settings.webSocketUrl !== undefined,
        renew: async (lost) => {
          if (!current) throw new Error('the link is down')
          return current.renewMedia(lost)
        },
      }),
    stop: async () => {
      stopping.abort()
      await current?.end()
      await running
      await telling.idle()
    },
  }
}

const NO_LINK: SendResult = { ok: false, failure: 'offline', code: 'disconnected', retryable: true }

async function chooseAuth(
  owned: OwnedChannel,
  how: Attempt['how'],
  onBroken: (error: unknown) => void,
): Promise<BridgeAuth> {
  const stored = how === 'login' ? await openLink(owned, onBroken) : null
  return stored ?? offerLink(owned, onBroken)
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const finish = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', finish)
      resolve()
    }
    const timer = setTimeout(finish, milliseconds)
    signal.addEventListener('abort', finish)
  })
}

import {
  askForNewSession,
  recordAddress,
  recordChannelState,
  recordNewChatCap,
  recordPairing,
  recordRestriction,
  recordTraffic,
} from '@/server/channels/commands'
import { LeaseLost, type OwnedChannel } from '@/server/channels/lease'
import { isAddressFree, sentTextOf } from '@/server/channels/queries'
import { channelKind } from '@/server/channels/registry'
import type { ChannelSession, SessionHost } from '@/server/channels/session'
import { claimOutgoing, deliver, reclaimLost } from '@/server/delivery/commands'
import { fetchFiles } from '@/server/inbound/files'
import { takeJournal, writeOwnedJournal } from '@/server/inbound/journal'
import type { InboundChannel } from '@/server/inbound/schema'
import type { AfterCommit } from '@/server/kernel/context'
import type { TenantId } from '@/server/kernel/database'
import { log } from '@/server/kernel/log'
import { sessionStarters } from './sessions'

/** Senders of one channel that are taken side by side. */
const INBOUND_CONCURRENCY = 8
/** Last in / out on the monitor is no stopwatch. */
const TRAFFIC_EVERY_MS = 5_000

/** A database that is away answers at once; nobody gains by asking faster. */
const RETRY_MS = 1_000

export type RunnerChannel = InboundChannel & { tenantId: TenantId; wanted: boolean; wantedVersion: number }

export type ChannelRunner = {
  channel: RunnerChannel
  /** Of the lease under which it was started. */
  fence: bigint
  /** Something waits in the journal. */
  wakeInbound: () => void
  /** Something waits in the outbox. */
  wakeOutbound: () => void
  /** Bytes of a file may be asked for (again). */
  wakeFiles: () => void
  /** Ends session and loops; resolves when nothing of the channel runs here any more. */
  stop: () => Promise<void>
}

/** Everything one channel needs while this worker owns it: its session, its journal's reader, its outbox's sender. */
export async function startRunner(
  channel: RunnerChannel,
  fence: bigint,
  afterCommit: (news: AfterCommit) => void,
): Promise<ChannelRunner> {
  const owned: OwnedChannel = { tenantId: channel.tenantId, channelId: channel.id, fence }
  const { manifest } = channelKind(channel.kind)
  const delivery = { tenantId: channel.tenantId, id: channel.id, fence }
  const stopping = new AbortController()
  const { signal } = stopping
  let session: ChannelSession | null = null
  const inboundChannel = { ...channel, fence }
  const noteTraffic = throttledTraffic(owned)

  const inbound = singleFlight(async () => {
    if (signal.aborted) return
    const taken = await takeJournal(channel.tenantId, inboundChannel, {
      signal,
      concurrency: INBOUND_CONCURRENCY,
      afterCommit,
    })
    if (taken > 0) {
      noteTraffic('in')
      files.wake()
    }
  })

  /** Bytes of what came in: asked for at once, beside the messages and never before them. */
  const files = singleFlight(async () => {
    const fetchMedia = session?.fetchMedia
    if (!signal.aborted && fetchMedia) await fetchFiles(delivery, fetchMedia, afterCommit)
  })

  let nextSendAt = 0
  const pace = async () => {
    const now = Date.now()
    const at = Math.max(now, nextSendAt)
    nextSendAt = at + manifest.paceMs
    if (at > now) await new Promise((resolve) => setTimeout(resolve, at - now))
  }

  /** Rows may be claimed of which nobody knows whether they went out: a former owner's, or ours after an outage. */
  let hasLostSight = manifest.unknownOutcome === 'resend-same-id'
  const outbound = singleFlight(async () => {
    while (!signal.aborted && session) {
      const speaking = session
      if (hasLostSight) await reclaimLost(delivery)
      // Also a claim may be committed and its answer lost.
      hasLostSight = manifest.unknownOutcome === 'resend-same-id'
      const claimed = await claimOutgoing(delivery)
      const ends = await Promise.allSettled(
        claimed.map(async (message) => {
          await pace()
          await deliver(delivery, message, speaking, afterCommit)
        }),
      )
      const unrecorded = ends.find((end) => end.status === 'rejected')
      if (unrecorded) throw unrecorded.reason
      hasLostSight = false
      if (claimed.length === 0) return
      noteTraffic('out')
    }
  })

  const host: SessionHost = {
    tenantId: channel.tenantId,
    channelId: channel.id,
    fence,
    journal: async (orderKey, payload) => {
      await writeOwnedJournal(owned, { orderKey, payload })
      inbound.wake()
    },
    setState: async (state, why) => {
      await recordChannelState(owned, state, why)
      // What waited for the link goes out at once, in order.
      if (state === 'connected') {
        outbound.wake()
        files.wake()
      }
    },
    setPairing: (pairing) => recordPairing(owned, pairing),
    setAddress: (address) => recordAddress(owned, address),
    isAddressFree: (address) => isAddressFree(channel.tenantId, channel.id, address),
    setRestriction: async (lock) => {
      await recordRestriction(owned, lock)
      // First messages that were held back.
      if (!lock) outbound.wake()
    },
    setNewChatCap: (cap) => recordNewChatCap(owned, cap),
    askForNewSession: () => askForNewSession(owned),
    sentText: (externalId) => sentTextOf(channel.tenantId, channel.id, externalId),
  }

  // What a former owner wrote down and did not take.
  inbound.wake()
  const start = sessionStarters[channel.kind]
  if (start && (channel.wanted || manifest.connection === 'none')) {
    session = await start(host)
    outbound.wake()
    files.wake()
  } else if (!channel.wanted) {
    await recordChannelState(owned, 'paused')
  }

  return {
    channel,
    fence,
    wakeInbound: inbound.wake,
    wakeOutbound: outbound.wake,
    wakeFiles: files.wake,
    stop: async () => {
      stopping.abort()
      await session?.stop()
      await Promise.all([inbound.idle(), outbound.idle(), files.idle()])
    },
  }
}

/** Runs work one at a time; a wake during a run means one run more. A failure is logged and tried again soon. */
function singleFlight(work: () => Promise<void>): { wake: () => void; idle: () => Promise<void> } {
  let running: Promise<void> | null = null
  let again = false
  const run = async () => {
    do {
      again = false
      await work().catch((error: unknown) => {
        // The supervisor ends the rest of it with the next heartbeat.
        if (error instanceof LeaseLost) return
        log.error({ err: error }, 'channel work failed; it is tried again')
        setTimeout(wake, RETRY_MS).unref()
      })
    } while (again)
    running = null
  }
  const wake = () => {
    if (running) again = true
    else running = run()
  }
  return {
    wake,
    idle: async () => {
      await running
    },
  }
}

function throttledTraffic(owned: OwnedChannel): (direction: 'in' | 'out') => void {
  const last = { in: 0, out: 0 }
  return (direction) => {
    if (Date.now() - last[direction] < TRAFFIC_EVERY_MS) return
    last[direction] = Date.now()
    recordTraffic(owned, direction).catch((error: unknown) =>
      log.warn({ err: error, channelId: owned.channelId }, 'last traffic not noted'),
    )
  }
}

import type { AfterCommit } from '@/server/kernel/context'
import { asTenantId, systemPool } from '@/server/kernel/database'
import { log } from '@/server/kernel/log'
import { type ChannelRunner, type RunnerChannel, startRunner } from './channel-runner'
import { acquireLeases, countWorkers, releaseLease, renewLeases } from './leases'
import { shareOut } from './sharing'

/**
 * Wanted against actual: of the channels of all companies this worker takes its share of those that nobody owns, gives
 * back what is above it, lets go what is no longer wanted, and drops what another worker took meanwhile.
 */
export type Supervisor = {
  /** Compares and mends once. */
  reconcile: () => Promise<void>
  /** Keeps the leases; drops channels whose lease is gone. */
  heartbeat: () => Promise<void>
  /** Channels with something waiting, by one query over all. */
  poll: () => Promise<void>
  runnerOf: (channelId: string) => ChannelRunner | undefined
  stop: () => Promise<void>
}

type ChannelRecord = {
  tenantId: string
  id: string
  kind: string
  menuId: string | null
  defaultTeamId: string | null
  wanted: boolean
  wantedVersion: number
  courtesyMinutes: number | null
  isFree: boolean
}

export function createSupervisor(workerId: string, afterCommit: (news: AfterCommit) => void): Supervisor {
  const runners = new Map<string, ChannelRunner>()
  const changing = new Set<string>()
  let stopping = false

  const start = async (channel: RunnerChannel, fence: bigint) => {
    runners.set(channel.id, await startRunner(channel, fence, afterCommit))
  }

  const stop = async ({ channel, fence, stop: end }: ChannelRunner) => {
    await end()
    runners.delete(channel.id)
    await releaseLease(workerId, keyOf(channel), fence)
  }

  const underWay = new Set<Promise<void>>()

  /** One change of a channel at a time; a failure leaves the channel for the next round. */
  const change = (channelIds: readonly string[], work: () => Promise<void>): Promise<void> => {
    const done = tryChange(channelIds, work).finally(() => underWay.delete(done))
    underWay.add(done)
    return done
  }

  const tryChange = async (channelIds: readonly string[], work: () => Promise<void>) => {
    for (const channelId of channelIds) changing.add(channelId)
    try {
      await work()
    } catch (error) {
      log.error({ err: error, channelIds }, 'channels not started or stopped; tried again in the next round')
    } finally {
      for (const channelId of channelIds) changing.delete(channelId)
    }
  }

  const takeAll = (channels: readonly RunnerChannel[]) =>
    change(
      channels.map(({ id }) => id),
      async () => {
        const fences = await acquireLeases(workerId, channels.map(keyOf))
        const starts = channels.map(async (channel) => {
          const fence = fences.get(channel.id)
          if (fence !== undefined) await start(channel, fence)
        })
        const failed = (await Promise.allSettled(starts)).find((end) => end.status === 'rejected')
        if (failed) throw failed.reason
      },
    )

  /** Looks once and begins what has to change. @returns the changes that are under way. */
  const decide = async (): Promise<Promise<void>[]> => {
    if (stopping) return []
    const [channels, workers] = await Promise.all([readChannels(), countWorkers(workerId)])
    if (stopping) return []
    const byId = new Map(channels.map((channel) => [channel.id, channel]))
    const mine = new Set([...runners.keys(), ...changing])
    const { take, giveBack } = shareOut(channels, mine, workers)
    const rounds: Promise<void>[] = []
    for (const runner of runners.values()) {
      const { id } = runner.channel
      const wanted = byId.get(id)
      if (changing.has(id)) continue
      if (!wanted || giveBack.includes(id)) rounds.push(change([id], () => stop(runner)))
      else if (differs(runner.channel, wanted)) {
        rounds.push(
          change([id], async () => {
            // The lease stays: another worker has no use for a channel between two sessions of ours.
            await runner.stop()
            runners.delete(id)
            await start(wanted, runner.fence)
          }),
        )
      }
    }
    const free = take.flatMap((id) => byId.get(id) ?? [])
    if (free.length > 0) rounds.push(takeAll(free))
    return rounds
  }

  let decided: Promise<unknown> = Promise.resolve()
  let next: Promise<void> | null = null
  /** Calls while a look is under way are answered by one more look. */
  const reconcile = (): Promise<void> => {
    next ??= decided.then(async () => {
      next = null
      const round = decide()
      decided = round.catch(() => undefined)
      await Promise.all(await round)
    })
    return next
  }

  const heartbeat = async () => {
    const held = [...runners.values()].filter(({ channel }) => !changing.has(channel.id))
    const mine = await renewLeases(
      workerId,
      [...runners.values()].map(({ channel, fence }) => ({ ...keyOf(channel), fence })),
    )
    const lost = held.filter(({ channel }) => !mine.has(channel.id) && !changing.has(channel.id))
    await Promise.all(
      lost.map((runner) =>
        change([runner.channel.id], async () => {
          log.error({ channelId: runner.channel.id }, 'lease lost: the session ends here')
          await runner.stop()
          runners.delete(runner.channel.id)
        }),
      ),
    )
  }

  const poll = async () => {
    const { rows } = await systemPool().query<{ channelId: string; direction: 'in' | 'out' | 'files' }>(
      `SELECT DISTINCT "channelId", 'in' AS direction FROM inbound_journal
         WHERE "deadAt" IS NULL AND ("notBefore" IS NULL OR "notBefore" <= clock_timestamp())
       UNION ALL
       SELECT DISTINCT "channelId", 'out' FROM outbox
         WHERE state = 'queued' AND ("notBefore" IS NULL OR "notBefore" <= clock_timestamp())
       UNION ALL
       SELECT DISTINCT "channelId", 'files' FROM attachment
         WHERE state = 'waiting' AND ("notBefore" IS NULL OR "notBefore" <= clock_timestamp())`,
    )
    for (const { channelId, direction } of rows) {
      const runner = runners.get(channelId)
      if (direction === 'in') runner?.wakeInbound()
      else if (direction === 'out') runner?.wakeOutbound()
      else runner?.wakeFiles()
    }
  }

  return {
    reconcile,
    heartbeat,
    poll,
    runnerOf: (channelId) => runners.get(channelId),
    stop: async () => {
      stopping = true
      await Promise.all(underWay)
      await Promise.allSettled([...runners.values()].map(stop))
    },
  }
}

const keyOf = ({ tenantId, id }: RunnerChannel) => ({ tenantId, channelId: id })

async function readChannels(): Promise<(RunnerChannel & { isFree: boolean })[]> {
  const { rows } = await systemPool().query<ChannelRecord>(
    `SELECT c."tenantId", c.id, c.kind, c."menuId", c."defaultTeamId", c.wanted, c."wantedVersion",
       (t.settings->>'courtesyMinutes')::int AS "courtesyMinutes",
       (l.fence IS NULL OR l."expiresAt" < clock_timestamp()) AS "isFree"
     FROM channel c JOIN tenant t ON t.id = c."tenantId"
     LEFT JOIN channel_lease l ON l."tenantId" = c."tenantId" AND l."channelId" = c.id
     WHERE c."archivedAt" IS NULL ORDER BY c.id`,
  )
  return rows.map(({ tenantId, courtesyMinutes, ...channel }) => ({
    ...channel,
    tenantId: asTenantId(tenantId),
    ...(courtesyMinutes === null ? {} : { courtesyMinutes }),
  }))
}

const differs = (running: RunnerChannel, wanted: RunnerChannel) =>
  running.wantedVersion !== wanted.wantedVersion ||
  running.menuId !== wanted.menuId ||
  running.defaultTeamId !== wanted.defaultTeamId ||
  running.courtesyMinutes !== wanted.courtesyMinutes

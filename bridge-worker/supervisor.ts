import type { AfterCommit } from '@/server/kernel/context'
import { asTenantId, systemPool } from '@/server/kernel/database'
import { log } from '@/server/kernel/log'
import { type ChannelRunner, type RunnerChannel, startRunner } from './channel-runner'
import { acquireLease, releaseLease, renewLeases } from './leases'

/**
 * Wanted against actual: every channel of every company that nobody owns is taken, what is no longer wanted is let go,
 * and what another worker took meanwhile is dropped at once.
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
}

export function createSupervisor(workerId: string, afterCommit: (news: AfterCommit) => void): Supervisor {
  const runners = new Map<string, ChannelRunner>()
  const changing = new Set<string>()
  let stopping = false

  const wanted = async (): Promise<RunnerChannel[]> => {
    const { rows } = await systemPool().query<ChannelRecord>(
      `SELECT c."tenantId", c.id, c.kind, c."menuId", c."defaultTeamId", c.wanted, c."wantedVersion",
         (t.settings->>'courtesyMinutes')::int AS "courtesyMinutes"
       FROM channel c JOIN tenant t ON t.id = c."tenantId" WHERE c."archivedAt" IS NULL ORDER BY c.id`,
    )
    return rows.map(({ tenantId, courtesyMinutes, ...channel }) => ({
      ...channel,
      tenantId: asTenantId(tenantId),
      ...(courtesyMinutes === null ? {} : { courtesyMinutes }),
    }))
  }

  const start = async (channel: RunnerChannel) => {
    const key = { tenantId: channel.tenantId, channelId: channel.id }
    const fence = await acquireLease(workerId, key)
    if (fence === null) return
    runners.set(channel.id, await startRunner(channel, fence, afterCommit))
  }

  const stop = async (runner: ChannelRunner) => {
    await runner.stop()
    runners.delete(runner.channel.id)
    await releaseLease(workerId, { tenantId: runner.channel.tenantId, channelId: runner.channel.id })
  }

  /** One change of a channel at a time; a failure leaves the channel for the next round. */
  const change = async (channelId: string, work: () => Promise<void>) => {
    if (changing.has(channelId)) return
    changing.add(channelId)
    try {
      await work()
    } catch (error) {
      log.error({ err: error, channelId }, 'channel not started or stopped; tried again in the next round')
    } finally {
      changing.delete(channelId)
    }
  }

  const reconcile = async () => {
    if (stopping) return
    const channels = await wanted()
    const byId = new Map(channels.map((channel) => [channel.id, channel]))
    const jobs: Promise<void>[] = []
    for (const channel of channels) {
      const runner = runners.get(channel.id)
      if (!runner) jobs.push(change(channel.id, () => start(channel)))
      else if (differs(runner.channel, channel)) {
        jobs.push(
          change(channel.id, async () => {
            await stop(runner)
            await start(channel)
          }),
        )
      }
    }
    for (const runner of runners.values()) {
      if (!byId.has(runner.channel.id)) jobs.push(change(runner.channel.id, () => stop(runner)))
    }
    await Promise.all(jobs)
  }

  const heartbeat = async () => {
    const mine = await renewLeases(workerId)
    for (const [channelId, runner] of runners) {
      if (mine.has(channelId)) continue
      await change(channelId, async () => {
        log.error({ channelId }, 'lease lost: the session ends here')
        runners.delete(channelId)
        await runner.stop()
      })
    }
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
      await Promise.allSettled([...runners.values()].map(stop))
    },
  }
}

const differs = (running: RunnerChannel, wanted: RunnerChannel) =>
  running.wantedVersion !== wanted.wantedVersion ||
  running.menuId !== wanted.menuId ||
  running.defaultTeamId !== wanted.defaultTeamId ||
  running.courtesyMinutes !== wanted.courtesyMinutes

import { setTimeout as pause } from 'node:timers/promises'
import {
  startWhatsAppEmulator,
  type WhatsAppEmulator,
} from '@/bridge-worker/testing/whatsapp-emulator/server'
import { startWorkerProcess, type WorkerProcess } from '@/bridge-worker/testing/worker-process'
import { pairingOf } from '@/server/channels/queries'
import type { TenantContext } from '@/server/kernel/context'
import { env } from '@/server/kernel/env'
import { newId } from '@/server/kernel/ids'
import { startRealtimeServer } from '@/server/realtime/local/server'
import type { BenchCompany } from '@/tests/support/fill-company'

const COMPANY_PHONE = '573001112233'
const CUSTOMERS = 20
const MESSAGES = 1_000
/** Between two looks into the database; the time of a round is known no better. */
const LOOK_MS = 25
const PATIENCE_MS = 120_000

const customer = (n: number) => `5730099900${String(n % CUSTOMERS).padStart(2, '0')}`

export type BridgeRound = { perSecond: number; cpuMsEach: number }

/**
 * The whole road of a customer's message into an assigned chat: an emulated phone on one end of an unmodified Baileys,
 * a worker process of its own, the journal, the ratchet and the message in Postgres. The phones and the server that they
 * talk to run in this process, so their encryption is not in the worker's CPU time (but on the same machine).
 * @param urls addresses of the database, for the worker.
 */
export async function bridgeRounds(
  company: BenchCompany & { ctx: TenantContext },
  urls: Record<string, string>,
  rounds: number,
): Promise<BridgeRound[]> {
  const phones = await startWhatsAppEmulator()
  const realtime = await startRealtimeServer({ ...realtimeApp(), port: 0, log: () => undefined })
  const worker = await startWorkerProcess({
    ...urls,
    LOG_LEVEL: 'info',
    PUSHER_HOST: '127.0.0.1',
    PUSHER_PORT: String(realtime.port),
    PUSHER_USE_TLS: 'false',
    WHATSAPP_WEB_SOCKET_URL: phones.url,
  })
  try {
    const road = await openRoad(company, phones)
    const measured: BridgeRound[] = []
    // The first round warms up: every customer's first session, and the compiler.
    for (let round = 0; round <= rounds; round += 1) {
      const one = await measureRound(road, phones, worker)
      if (round > 0) measured.push(one)
    }
    return measured
  } finally {
    await worker.stop()
    await realtime.close()
    await phones.close()
  }
}

const realtimeApp = () => ({ appId: env('pusherAppId'), key: env('pusherKey'), secret: env('pusherSecret') })

type Road = { stored: () => Promise<number> }

/** A number linked by its code, and every customer in a chat that has its member. */
async function openRoad(
  { ctx, teamId }: BenchCompany & { ctx: TenantContext },
  phones: WhatsAppEmulator,
): Promise<Road> {
  const { db, tenantId } = ctx
  await db.memberLoad.updateMany({ where: { tenantId }, data: { capacity: 10 * CUSTOMERS } })
  const channelId = newId()
  const kind = 'whatsapp-bridge'
  await db.channel.create({ data: { tenantId, id: channelId, kind, name: 'Bench', defaultTeamId: teamId } })
  const link = () => pairingOf(ctx, channelId)
  await until('a code', async () => (await link()).pairing !== null)
  phones.scan({ qr: (await link()).pairing?.code ?? '', phone: COMPANY_PHONE })
  await until('the link', async () => (await link()).state === 'connected')
  await phones.say(
    Array.from({ length: CUSTOMERS }, (_, n) => ({ to: COMPANY_PHONE, from: customer(n), text: 'Buenas' })),
  )
  const assigned = { tenantId, channelId, assigneeId: { not: null } }
  await until('members', async () => (await db.conversation.count({ where: assigned })) === CUSTOMERS)
  return { stored: () => db.message.count({ where: { tenantId, channelId, direction: 'in' } }) }
}

async function measureRound(
  { stored }: Road,
  phones: WhatsAppEmulator,
  worker: WorkerProcess,
): Promise<BridgeRound> {
  const before = await stored()
  const cpuBefore = worker.cpuMs()
  // All are encrypted before the first one goes out; `say` returns when the last one has.
  const seq = phones.stats().seq
  await phones.say(
    Array.from({ length: MESSAGES }, (_, n) => ({
      to: COMPANY_PHONE,
      from: customer(n),
      text: `¿A qué hora abren mañana? ${n}`,
    })),
  )
  const said = phones.events({ after: seq }).find(({ what }) => what === 'said')
  await until('all stored', async () => (await stored()) === before + MESSAGES)
  const seconds = (Date.now() - Date.parse(said?.at ?? '')) / 1000
  await phones.wait({ what: 'acknowledged', timeoutMs: PATIENCE_MS })
  return { perSecond: MESSAGES / seconds, cpuMsEach: (worker.cpuMs() - cpuBefore) / MESSAGES }
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`not in ${PATIENCE_MS / 1000} s: ${what}`)
    await pause(LOOK_MS)
  }
}

import '@/tests/support/setup-database'
import { randomUUID } from 'node:crypto'
import { startWhatsAppEmulator } from '@/bridge-worker/testing/whatsapp-emulator/server'
import type { OwnedChannel } from '@/server/channels/lease'
import type { OutgoingContent } from '@/server/channels/schema'
import type { ChannelSession, SessionHost } from '@/server/channels/session'
import { queryAs, systemPool } from '@/server/kernel/database'
import { createCompany } from '@/tests/support/factories'
import { startBridge } from './bridge'
import type { BridgeSettings } from './connection'
import { type BridgePayload, bridgePayloadSchema } from './inbound'

export const COMPANY = '573001112233'
export const ANA = '573009990001'
export const LUIS = '573009990002'

/** Tests of the probe bring their own times. */
const NO_PROBE = { quietMs: 600_000, longestMs: 600_000, answerMs: 5_000 }

const PATIENCE_MS = 10_000

type Pairing = NonNullable<Parameters<SessionHost['setPairing']>[0]>
type Entry = { orderKey: string; payload: BridgePayload }

/** A channel of a company of its own, and what the worker would see of its session. */
export type Rig = Awaited<ReturnType<typeof makeRig>>

/** @param answerWithinMs for so long a send waits for the server's word. */
export async function makeRig({ answerWithinMs = 5_000 }: { answerWithinMs?: number } = {}) {
  const emulator = await startWhatsAppEmulator()
  const company = await createCompany()
  const channelId = await company.channel('whatsapp-bridge')
  const owned: OwnedChannel = { tenantId: company.tenantId, channelId, fence: 1n }
  await takeLease(owned)

  const seen = {
    states: [] as { state: string; reason?: string; code?: number }[],
    pairings: [] as (Pairing | null)[],
    journal: [] as Entry[],
    address: null as string | null,
    restrictions: [] as ({ until: Date | null } | null)[],
    caps: [] as { used: number; total: number; until: Date | null }[],
    newSessions: 0,
    /** What the worker would say of the number. */
    isAddressFree: true,
  }
  const checks = new Set<() => void>()
  const look = () => {
    for (const check of checks) check()
  }
  /** Runs before an entry is written; what it throws is a database that is away. */
  let beforeJournal: (entry: Entry) => Promise<void> = async () => undefined
  const texts = new Map<string, string>()

  const settings: BridgeSettings = {
    webSocketUrl: emulator.url,
    answerWithinMs,
    probe: NO_PROBE,
    chance: () => 0,
  }
  const host = (fence: bigint): SessionHost => ({
    tenantId: owned.tenantId,
    channelId,
    fence,
    journal: async (orderKey, payload) => {
      const entry = { orderKey, payload: bridgePayloadSchema.parse(payload) }
      await beforeJournal(entry)
      seen.journal.push(entry)
      look()
    },
    setState: async (state, why) => {
      const change = { state, ...why }
      if (JSON.stringify(change) === JSON.stringify(seen.states.at(-1))) return
      seen.states.push(change)
      look()
    },
    setPairing: async (pairing) => {
      seen.pairings.push(pairing)
      look()
    },
    setAddress: async (address) => {
      seen.address = address
      look()
    },
    isAddressFree: async () => seen.isAddressFree,
    setRestriction: async (lock) => {
      seen.restrictions.push(lock)
      look()
    },
    setNewChatCap: async (cap) => {
      seen.caps.push(cap)
      look()
    },
    askForNewSession: async () => {
      seen.newSessions += 1
      look()
    },
    sentText: async (externalId) => texts.get(externalId) ?? null,
  })

  const sessions: ChannelSession[] = []
  const start = (options: Partial<BridgeSettings> & { fence?: bigint } = {}) => {
    const { fence = owned.fence, ...changed } = options
    const session = startBridge(host(fence), { ...settings, ...changed })
    sessions.push(session)
    return session
  }

  const until = (claim: string, isTrue: () => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer)
        checks.delete(check)
      }
      const check = () => {
        if (!isTrue()) return
        stop()
        resolve()
      }
      const timer = setTimeout(() => {
        stop()
        reject(new Error(`The session did not come to: ${claim} (${JSON.stringify(seen.states)})`))
      }, PATIENCE_MS)
      checks.add(check)
      check()
    })
  const state = (name: string, count = 1) =>
    until(name, () => seen.states.filter((each) => each.state === name).length >= count)
  const shownCode = () => seen.pairings.findLast((pairing) => pairing !== null)
  const scan = () => emulator.scan({ qr: shownCode()?.code ?? '', phone: COMPANY })

  return {
    emulator,
    owned,
    seen,
    start,
    until,
    state,
    shownCode,
    scan,
    texts,
    /** A session whose code has been scanned and which is connected. */
    async connected(): Promise<ChannelSession> {
      const session = start()
      await until('a code', () => shownCode() !== undefined)
      scan()
      await state('connected')
      // The phone's history has been read: the first synchronisation is over.
      await emulator.wait({ what: 'acknowledged', phone: COMPANY })
      return session
    },
    send: (
      session: ChannelSession,
      said: string | OutgoingContent,
      to: { lid?: string; phone?: string },
      id = randomUUID(),
    ) =>
      session.send(
        {
          messageId: id,
          conversationId: randomUUID(),
          content: typeof said === 'string' ? { kind: 'text', text: said } : said,
          quote: null,
          recipient: {
            identities: [
              ...(to.phone ? [{ kind: 'phone', value: to.phone }] : []),
              ...(to.lid ? [{ kind: 'whatsapp-lid', value: to.lid }] : []),
            ],
            phone: to.phone ?? null,
          },
        },
        null,
      ),
    setBeforeJournal: (run: typeof beforeJournal) => {
      beforeJournal = run
    },
    messages: () => seen.journal.flatMap(({ payload }) => ('content' in payload ? [payload] : [])),
    touches: () => seen.journal.flatMap(({ payload }) => ('touch' in payload ? [payload] : [])),
    receipts: () => seen.journal.flatMap(({ payload }) => (payload.kind === 'receipt' ? [payload] : [])),
    rows: () => credentialRows(owned),
    lidOf: (number: string) => emulator.addresses({ number }).lid.replace('@lid', ''),
    async close(): Promise<void> {
      for (const session of sessions) await session.stop()
      await emulator.close()
    },
  }
}

/** The channel is this fence's, whoever had it before. */
export async function takeLease(owned: OwnedChannel): Promise<void> {
  await systemPool().query(
    `INSERT INTO channel_lease ("tenantId", "channelId", "workerId", fence, "expiresAt")
     VALUES ($1, $2, $3, $4, clock_timestamp() + interval '1 hour')
     ON CONFLICT ("tenantId", "channelId") DO UPDATE SET fence = excluded.fence`,
    [owned.tenantId, owned.channelId, randomUUID(), owned.fence.toString()],
  )
}

async function credentialRows({ tenantId, channelId }: OwnedChannel) {
  const { rows } = await queryAs<{ type: string; keyId: string; value: Buffer }>(
    tenantId,
    'SELECT type, "keyId", value FROM channel_credential WHERE "tenantId" = $1 AND "channelId" = $2',
    [tenantId, channelId],
  )
  return rows
}

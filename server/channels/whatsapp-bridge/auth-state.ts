import {
  type AuthenticationCreds,
  BufferJSON,
  type CacheStore,
  initAuthCreds,
  makeCacheableSignalKeyStore,
  proto,
  type SignalDataSet,
  type SignalDataTypeMap,
  type SignalKeyStore,
} from '@whiskeysockets/baileys'
import { LRUCache } from 'lru-cache'
import { IS_OWNED, OWNED, type OwnedChannel, refuseLost } from '@/server/channels/lease'
import { queryAs } from '@/server/kernel/database'
import { open, seal } from '@/server/kernel/secrets'

/**
 * The keys of a linked device in Postgres, one sealed row each. Whoever has them is the company's WhatsApp, and two
 * writers ruin the pairing: every write is one statement that the lease must still allow.
 */
const CREDS = { type: 'creds', keyId: '' }

/** About 1 kB each: what a busy hour of one number needs. */
const CACHED_KEYS = 500

export type BridgeAuth = {
  creds: AuthenticationCreds
  keys: SignalKeyStore
  /** Stores the credentials as they are now; runs one at a time, failures go to `onBroken`. */
  save: () => Promise<void>
  /** From now on nothing is read or written: what comes after a lost write must not be built on it. */
  breakOff: (error: unknown) => void
  /** The same without a failure; resolves when what is under way is done. */
  close: () => Promise<void>
}

type OnBroken = (error: unknown) => void

/**
 * The stored link of a channel, read anew for each connection, and only by its owner: a former owner who logged in once
 * more would end the session of the new one.
 * @param onBroken called once, at the first read or write that fails; all later ones are refused.
 * @returns null when no device is linked.
 * @throws LeaseLost
 */
export async function openLink(owned: OwnedChannel, onBroken: OnBroken): Promise<BridgeAuth | null> {
  const value = await readCreds(owned)
  if (!value) return null
  // Only `save` below writes this row.
  const creds = unpack(owned, value) as AuthenticationCreds
  const guard = makeGuard(onBroken)
  const save = oneAtATime(() => guard.run(() => writeRows(owned, [{ ...CREDS, value: pack(owned, creds) }])))
  return {
    creds,
    keys: makeCacheableSignalKeyStore(makeStore(owned, guard), undefined, boundedCache()),
    save,
    breakOff: guard.breakOff,
    close: guard.close,
  }
}

/**
 * A device that nobody has scanned yet: lives in memory, and takes the place of what is stored in the moment it is
 * linked. Until then a link that may still be good is not touched.
 */
export function offerLink(owned: OwnedChannel, onBroken: OnBroken): BridgeAuth {
  const creds = initAuthCreds()
  const guard = makeGuard(onBroken)
  const save = oneAtATime(async () => {
    if (creds.me) await guard.run(() => replaceRows(owned, pack(owned, creds)))
  })
  return {
    creds,
    // Before the first login there is nobody to have keys of; the server ends the connection right after the scan.
    keys: { get: () => ({}), set: () => undefined },
    save,
    breakOff: guard.breakOff,
    close: guard.close,
  }
}

/** Deletes every key of the channel. @throws LeaseLost */
export async function wipeLink(owned: OwnedChannel): Promise<void> {
  const { rows } = await queryAs<{ owned: number }>(
    owned.tenantId,
    `WITH ${OWNED}, gone AS (
       DELETE FROM channel_credential c WHERE c."tenantId" = $1 AND c."channelId" = $2 AND ${IS_OWNED}
     ) SELECT count(*)::int AS owned FROM owned`,
    [owned.tenantId, owned.channelId, owned.fence.toString()],
  )
  refuseLost(rows)
}

const KEEP = `kept AS (
  INSERT INTO channel_credential ("tenantId", "channelId", type, "keyId", value, "updatedAt")
  SELECT $1, $2, w.type, w."keyId", w.value, clock_timestamp()
  FROM unnest($4::text[], $5::text[], $6::bytea[]) AS w(type, "keyId", value) WHERE ${IS_OWNED}
  ON CONFLICT ("tenantId", "channelId", type, "keyId")
  DO UPDATE SET value = excluded.value, "updatedAt" = excluded."updatedAt")`

type Key = { type: string; keyId: string }
type KeyRow = Key & { value: Buffer }

async function readRows(owned: OwnedChannel, type: string, ids: string[]): Promise<KeyRow[]> {
  const { rows } = await queryAs<KeyRow>(owned.tenantId, {
    name: 'credential-get',
    text: `SELECT type, "keyId", value FROM channel_credential
           WHERE "tenantId" = $1 AND "channelId" = $2 AND type = $3 AND "keyId" = ANY ($4::text[])`,
    values: [owned.tenantId, owned.channelId, type, ids],
  })
  return rows
}

async function readCreds(owned: OwnedChannel): Promise<Buffer | null> {
  const { rows } = await queryAs<{ owned: number; value: Buffer | null }>(
    owned.tenantId,
    `WITH ${OWNED} SELECT count(*)::int AS owned, (SELECT value FROM channel_credential
       WHERE "tenantId" = $1 AND "channelId" = $2 AND type = '${CREDS.type}' AND "keyId" = '') AS value FROM owned`,
    [owned.tenantId, owned.channelId, owned.fence.toString()],
  )
  refuseLost(rows)
  return rows[0]?.value ?? null
}

/** All or nothing, in one statement: a message's session and a pairing's 813 keys alike. @throws LeaseLost */
async function writeRows(owned: OwnedChannel, kept: KeyRow[], gone: Key[] = []): Promise<void> {
  const { rows } = await queryAs<{ owned: number }>(owned.tenantId, {
    name: 'credential-set',
    text: `WITH ${OWNED}, gone AS (
             DELETE FROM channel_credential c USING unnest($7::text[], $8::text[]) AS d(type, "keyId")
             WHERE c."tenantId" = $1 AND c."channelId" = $2 AND c.type = d.type AND c."keyId" = d."keyId"
               AND ${IS_OWNED}
           ), ${KEEP} SELECT count(*)::int AS owned FROM owned`,
    values: [
      owned.tenantId,
      owned.channelId,
      owned.fence.toString(),
      kept.map(({ type }) => type),
      kept.map(({ keyId }) => keyId),
      kept.map(({ value }) => value),
      gone.map(({ type }) => type),
      gone.map(({ keyId }) => keyId),
    ],
  })
  refuseLost(rows)
}

/** A new device instead of the old one. @throws LeaseLost */
async function replaceRows(owned: OwnedChannel, creds: Buffer): Promise<void> {
  const { rows } = await queryAs<{ owned: number }>(
    owned.tenantId,
    `WITH ${OWNED}, gone AS (
       DELETE FROM channel_credential c WHERE c."tenantId" = $1 AND c."channelId" = $2
         AND NOT (c.type = '${CREDS.type}' AND c."keyId" = '') AND ${IS_OWNED}
     ), ${KEEP} SELECT count(*)::int AS owned FROM owned`,
    [owned.tenantId, owned.channelId, owned.fence.toString(), [CREDS.type], [CREDS.keyId], [creds]],
  )
  refuseLost(rows)
}

function makeStore(owned: OwnedChannel, guard: Guard): SignalKeyStore {
  return {
    get: <T extends keyof SignalDataTypeMap>(type: T, ids: string[]) =>
      guard.run(async () => {
        const rows = await readRows(owned, type, ids)
        return Object.fromEntries(rows.map((row) => [row.keyId, readKey(owned, type, row.value)]))
      }),
    set: (data: SignalDataSet) =>
      guard.run(async () => {
        const kept: KeyRow[] = []
        const gone: Key[] = []
        for (const [type, values] of Object.entries(data)) {
          for (const [keyId, value] of Object.entries(values)) {
            if (value === null || value === undefined) gone.push({ type, keyId })
            else kept.push({ type, keyId, value: pack(owned, value) })
          }
        }
        await writeRows(owned, kept, gone)
      }),
  }
}

/** A row holds what `set` was given under the same type: the only other guarantee is that its seal opens. */
function readKey<T extends keyof SignalDataTypeMap>(owned: OwnedChannel, type: T, value: Buffer) {
  const plain = unpack(owned, value)
  const isMessage = type === 'app-state-sync-key' && plain !== null && typeof plain === 'object'
  return (isMessage ? proto.Message.AppStateSyncKeyData.fromObject(plain) : plain) as SignalDataTypeMap[T]
}

const ownerOf = (owned: OwnedChannel) => `${owned.tenantId}/${owned.channelId}`

const pack = (owned: OwnedChannel, value: unknown) =>
  seal(JSON.stringify(value, BufferJSON.replacer), ownerOf(owned))

const unpack = (owned: OwnedChannel, sealed: Buffer): unknown =>
  JSON.parse(open(sealed, ownerOf(owned)).toString(), BufferJSON.reviver)

type Guard = ReturnType<typeof makeGuard>

/**
 * After one lost read or write the session in memory is ahead of the stored one. Going on would store a ratchet that
 * has passed over a message which the server still holds, and that message could never be read again.
 */
function makeGuard(onBroken: OnBroken) {
  let broken: { error: unknown } | undefined
  const running = new Set<Promise<unknown>>()
  const breakOff = (error: unknown) => {
    if (broken) return
    broken = { error }
    onBroken(error)
  }
  return {
    breakOff,
    async run<T>(work: () => Promise<T>): Promise<T> {
      if (broken) throw broken.error
      const result = work()
      running.add(result)
      try {
        return await result
      } catch (error) {
        breakOff(error)
        throw error
      } finally {
        running.delete(result)
      }
    },
    async close(): Promise<void> {
      broken ??= { error: new Error('the connection has ended') }
      while (running.size > 0) await Promise.allSettled(running)
    },
  }
}

/** Calls during a run mean one run more. Failures have been told to the guard. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve()
  let isQueued = false
  return () => {
    if (isQueued) return last
    isQueued = true
    last = last
      .then(() => {
        isQueued = false
        return work()
      })
      .catch(() => undefined)
    return last
  }
}

function boundedCache(): CacheStore {
  const cache = new LRUCache<string, NonNullable<unknown>>({ max: CACHED_KEYS })
  return {
    // What is asked for under a key is what was put there.
    get: <T>(key: string) => cache.get(key) as T | undefined,
    set: (key, value) => {
      if (value === null || value === undefined) cache.delete(key)
      else cache.set(key, value)
    },
    del: (key) => {
      cache.delete(key)
    },
    flushAll: () => cache.clear(),
  }
}

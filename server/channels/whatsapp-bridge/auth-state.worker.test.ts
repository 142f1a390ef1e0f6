import { Curve } from '@whiskeysockets/baileys'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import '@/tests/support/setup-database'
import { LeaseLost, type OwnedChannel } from '@/server/channels/lease'
import { queryAs } from '@/server/kernel/database'
import { createCompany } from '@/tests/support/factories'
import { type BridgeAuth, offerLink, openLink, wipeLink } from './auth-state'
import { takeLease } from './test-rig'

const ME = { id: '573001112233:1@s.whatsapp.net', lid: '99:1@lid' }

let owned: OwnedChannel
const onBroken = vi.fn()

beforeEach(async () => {
  onBroken.mockReset()
  const company = await createCompany()
  const channelId = await company.channel('whatsapp-bridge')
  owned = { tenantId: company.tenantId, channelId, fence: 7n }
  await takeLease(owned)
})

/** A device that was scanned. */
async function link(): Promise<BridgeAuth> {
  const offered = offerLink(owned, onBroken)
  Object.assign(offered.creds, { me: ME })
  await offered.save()
  return opened()
}

async function opened(): Promise<BridgeAuth> {
  const auth = await openLink(owned, onBroken)
  if (!auth) throw new Error('no device is linked')
  return auth
}

async function rows() {
  const { rows: stored } = await queryAs<{ type: string; keyId: string; value: Buffer; xmin: string }>(
    owned.tenantId,
    `SELECT type, "keyId", value, xmin::text FROM channel_credential
     WHERE "tenantId" = $1 AND "channelId" = $2 ORDER BY type, "keyId"`,
    [owned.tenantId, owned.channelId],
  )
  return stored
}

const preKeys = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [String(i + 1), Curve.generateKeyPair()]))

describe('the keys of a number', () => {
  test('are stored when a phone has scanned, not before', async () => {
    const offered = offerLink(owned, onBroken)
    offered.creds.advSecretKey = 'of the second scan'
    await offered.save()
    expect(await rows()).toEqual([])
    expect(await openLink(owned, onBroken)).toBeNull()
    Object.assign(offered.creds, { me: ME })
    await offered.save()
    const { creds } = await opened()
    expect(creds).toMatchObject({ me: ME, advSecretKey: 'of the second scan' })
    expect(Buffer.from(creds.noiseKey.private)).toEqual(Buffer.from(offered.creds.noiseKey.private))
  })

  test('come back as they were, of every type', async () => {
    const auth = await link()
    const pair = Curve.generateKeyPair()
    await auth.keys.set({
      'pre-key': { 1: pair },
      session: { '99.0': Buffer.from([1, 2, 3]) },
      'lid-mapping': { '573009990001': '8812', '8812_reverse': '573009990001' },
      'device-list': { 8812: ['0', '1'] },
      'app-state-sync-key': { AAAA: { keyData: Buffer.from([9]), timestamp: 5 } },
      tctoken: { '8812@lid': { token: Buffer.from([7]), timestamp: '1' } },
    })
    const { keys } = await opened()
    const stored = await keys.get('pre-key', ['1', '2'])
    expect(Object.keys(stored)).toEqual(['1'])
    expect(Buffer.from(stored['1']?.private ?? [])).toEqual(Buffer.from(pair.private))
    expect(await keys.get('session', ['99.0'])).toEqual({ '99.0': Buffer.from([1, 2, 3]) })
    expect(await keys.get('lid-mapping', ['573009990001'])).toEqual({ '573009990001': '8812' })
    expect(await keys.get('device-list', ['8812'])).toEqual({ 8812: ['0', '1'] })
    const { AAAA } = await keys.get('app-state-sync-key', ['AAAA'])
    expect(Buffer.from(AAAA?.keyData ?? [])).toEqual(Buffer.from([9]))
    expect(await keys.get('tctoken', ['8812@lid'])).toMatchObject({ '8812@lid': { token: Buffer.from([7]) } })
  })

  test('are written in one transaction, 813 at a time, with what is deleted', async () => {
    const auth = await link()
    await auth.keys.set({ 'pre-key': preKeys(813), session: { '1.0': Buffer.from([1]) } })
    const written = (await rows()).filter(({ type }) => type !== 'creds')
    expect(written).toHaveLength(814)
    expect(new Set(written.map(({ xmin }) => xmin)).size).toBe(1)
    await auth.keys.set({
      'pre-key': { 5: null },
      session: { '1.0': Buffer.from([2]), '2.0': Buffer.from([3]) },
    })
    expect(await auth.keys.get('pre-key', ['5'])).not.toHaveProperty('5', expect.anything())
    const { keys } = await opened()
    expect(await keys.get('pre-key', ['5'])).toEqual({})
    expect(await keys.get('session', ['1.0', '2.0'])).toEqual({
      '1.0': Buffer.from([2]),
      '2.0': Buffer.from([3]),
    })
  })

  test('are sealed: nothing in the table can be read', async () => {
    const auth = await link()
    await auth.keys.set({ 'lid-mapping': { a: 'a-word-to-look-for' }, 'pre-key': preKeys(1) })
    for (const { value } of await rows()) {
      for (const word of ['a-word-to-look-for', 'Buffer', 'private', ME.id])
        expect(value.includes(word)).toBe(false)
    }
  })

  test('of another channel do not open', async () => {
    await link()
    const company = await createCompany()
    const other = {
      tenantId: company.tenantId,
      channelId: await company.channel('whatsapp-bridge'),
      fence: 1n,
    }
    const [creds] = await rows()
    await queryAs(
      other.tenantId,
      `INSERT INTO channel_credential ("tenantId", "channelId", type, "keyId", value) VALUES ($1, $2, 'creds', '', $3)`,
      [other.tenantId, other.channelId, creds?.value],
    )
    await expect(openLink(other, onBroken)).rejects.toThrow()
  })

  test('are all gone after the phone removed the device', async () => {
    const auth = await link()
    await auth.keys.set({ 'pre-key': preKeys(3) })
    await wipeLink(owned)
    expect(await rows()).toEqual([])
  })

  test('of an old device go when another one is scanned in its place', async () => {
    const old = await link()
    await old.keys.set({ session: { '1.0': Buffer.from([1]) } })
    const replaced = await link()
    expect((await rows()).map(({ type }) => type)).toEqual(['creds'])
    expect(replaced.creds.registrationId).not.toBe(old.creds.registrationId)
  })
})

describe('a worker that lost the channel', () => {
  test('writes nothing any more, is told once, and reads nothing either', async () => {
    const auth = await link()
    await auth.keys.set({ session: { '1.0': Buffer.from([1]) } })
    const before = await rows()
    await takeLease({ ...owned, fence: 8n })
    await expect(auth.keys.set({ session: { '1.0': Buffer.from([2]) } })).rejects.toBeInstanceOf(LeaseLost)
    await expect(auth.keys.set({ session: { '1.0': null } })).rejects.toBeInstanceOf(LeaseLost)
    auth.creds.nextPreKeyId = 99
    await auth.save()
    await expect(auth.keys.get('session', ['9.0'])).rejects.toBeInstanceOf(LeaseLost)
    await expect(wipeLink(owned)).rejects.toBeInstanceOf(LeaseLost)
    const offered = offerLink(owned, onBroken)
    Object.assign(offered.creds, { me: ME })
    await offered.save()
    expect(await rows()).toEqual(before)
    expect(onBroken.mock.calls.map(([error]) => error instanceof LeaseLost)).toEqual([true, true])
  })
})

test('after a write that failed nothing is written that would be built on it', async () => {
  const auth = await link()
  const cause = new Error('the journal could not be written')
  auth.breakOff(cause)
  await expect(auth.keys.set({ session: { '1.0': Buffer.from([1]) } })).rejects.toBe(cause)
  expect((await rows()).map(({ type }) => type)).toEqual(['creds'])
  expect(onBroken).toHaveBeenCalledExactlyOnceWith(cause)
})

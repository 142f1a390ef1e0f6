/** Everybody the server knows: people by number and LID, and the companions linked to them with what waits for each. */
import {
  type BinaryNode,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  jidDecode,
  type proto,
} from '@whiskeysockets/baileys'
import type { Connection } from './connection'
import { jidOf, lidUserOf } from './identity'
import { makePhone, type Phone } from './phone'

/** Device 99 is reserved for hosted companions, which Baileys treats apart. */
const HOSTED_DEVICE = 99

/** A stanza that the client has not confirmed yet, kept until it does. */
export type Pending = {
  kind: 'message' | 'receipt' | 'notification'
  /** What a confirmation will name. */
  key: string
  stanza: BinaryNode
  /** What a message says, so that it can be encrypted again. */
  source?: { author: Phone; message: proto.IMessage | Uint8Array }
  /** After asking for a message again the client still refuses the copy it could not read. */
  expectedNacks: number
  /** History comes behind the offline queue, else Baileys does not take it for the first one. */
  isHistory: boolean
}

export type Device = {
  owner: Phone
  id: number
  pn: string
  lid: string
  /** Proves at login that it is the same companion. */
  noiseKey: Uint8Array
  registration: Uint8Array
  identity: Uint8Array
  signedKey: BinaryNode
  oneTimeKeys: BinaryNode[]
  hasHistory: boolean
  pending: Map<string, Pending[]>
  connection: Connection | undefined
  /** Logged in, and past its offline queue. */
  isOnline: boolean
}

export type Directory = ReturnType<typeof openDirectory>

export function openDirectory() {
  const people = new Map<string, Phone>()
  const numbers = new Map<string, string>()
  const devices = new Map<string, Device[]>()
  const lastDeviceId = new Map<string, number>()
  const strangers = new Set<string>()

  const personOf = (number: string): Phone => {
    const known = people.get(number)
    if (known) return known
    const phone = makePhone(number)
    people.set(number, phone)
    numbers.set(lidUserOf(number), number)
    return phone
  }
  const numberOf = (jid: string): string | undefined => {
    const decoded = jidDecode(jid)
    if (!decoded?.user) return undefined
    return decoded.server === 'lid' ? numbers.get(decoded.user) : decoded.user
  }
  const phoneOf = (jid: string): Phone | undefined => {
    const number = numberOf(jid)
    return number === undefined || strangers.has(number) ? undefined : personOf(number)
  }
  const devicesOf = (number: string): Device[] => devices.get(number) ?? []
  const deviceOf = (jid: string): Device | undefined => {
    const id = jidDecode(jid)?.device
    return devicesOf(numberOf(jid) ?? '').find((device) => device.id === id)
  }

  return {
    personOf,
    numberOf,
    phoneOf,
    devicesOf,
    deviceOf,

    /** As devicesOf, for orders that make no sense without one. */
    linkedTo(number: string): Device[] {
      const linked = devicesOf(number)
      if (linked.length === 0) throw new Error(`No companion is linked to ${number}`)
      return linked
    },

    allDevices: (): Device[] => [...devices.values()].flat(),

    /** Numbers are on WhatsApp unless said otherwise here. */
    setOnWhatsApp(number: string, isOnWhatsApp: boolean): void {
      if (isOnWhatsApp) strangers.delete(number)
      else strangers.add(number)
    },

    nextDeviceId(number: string): number {
      const next = (lastDeviceId.get(number) ?? 0) + 1
      const id = next === HOSTED_DEVICE ? next + 1 : next
      lastDeviceId.set(number, id)
      return id
    },

    link(
      owner: Phone,
      id: number,
      noiseKey: Uint8Array,
      offer: proto.ClientPayload.IDevicePairingRegistrationData,
    ): Device {
      const device: Device = {
        owner,
        id,
        pn: jidOf(owner.number, 's.whatsapp.net', id),
        lid: jidOf(lidUserOf(owner.number), 'lid', id),
        noiseKey,
        registration: required(offer.eRegid),
        identity: required(offer.eIdent),
        signedKey: {
          tag: 'skey',
          attrs: {},
          content: [
            { tag: 'id', attrs: {}, content: required(offer.eSkeyId) },
            { tag: 'value', attrs: {}, content: required(offer.eSkeyVal) },
            { tag: 'signature', attrs: {}, content: required(offer.eSkeySig) },
          ],
        },
        oneTimeKeys: [],
        hasHistory: false,
        pending: new Map(),
        connection: undefined,
        isOnline: false,
      }
      devices.set(owner.number, [...devicesOf(owner.number), device])
      return device
    },

    unlink(device: Device): void {
      const { number } = device.owner
      devices.set(
        number,
        devicesOf(number).filter((other) => other !== device),
      )
    },

    /** `encrypt set`: what Baileys uploads after login and whenever its one-time keys run low. */
    storeKeys(device: Device, upload: BinaryNode): void {
      const signedKey =
        getBinaryNodeChild(upload, 'skey') ?? getBinaryNodeChild(getBinaryNodeChild(upload, 'rotate'), 'skey')
      if (signedKey) device.signedKey = signedKey
      device.oneTimeKeys.push(...getBinaryNodeChildren(getBinaryNodeChild(upload, 'list'), 'key'))
    },

    /** The `<user>` of an `encrypt get key`, for a phone or a companion; undefined when there is no such device. */
    async bundleOf(jid: string): Promise<BinaryNode | undefined> {
      if (!jidDecode(jid)?.device) {
        const phone = phoneOf(jid)
        return phone && { tag: 'user', attrs: { jid }, content: await phone.keyBundle() }
      }
      const device = deviceOf(jid)
      if (!device) return undefined
      const oneTimeKey = device.oneTimeKeys.shift()
      const content: BinaryNode[] = [
        { tag: 'registration', attrs: {}, content: device.registration },
        { tag: 'type', attrs: {}, content: Buffer.from([5]) },
        { tag: 'identity', attrs: {}, content: device.identity },
        device.signedKey,
      ]
      return { tag: 'user', attrs: { jid }, content: oneTimeKey ? [...content, oneTimeKey] : content }
    },

    close() {
      for (const phone of people.values()) phone.close()
    },
  }
}

function required(value: Uint8Array | null | undefined): Uint8Array {
  if (!value?.length) throw new Error('The registration payload lacks a key')
  return value
}

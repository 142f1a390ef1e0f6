/** From the QR on a screen to a linked companion. */
import { randomBytes } from 'node:crypto'
import { type BinaryNode, generateMessageID, type proto, S_WHATSAPP_NET } from '@whiskeysockets/baileys'
import type { Connection } from './connection'
import type { Device, Directory } from './directory'
import { jidOf, lidUserOf, nowSeconds, signDeviceIdentity } from './identity'
import type { Journal } from './journal'

/** WhatsApp hands out six refs; the first lives a minute, each further one twenty seconds. */
const REFS = 6
const FIRST_REF_MS = 60_000
const NEXT_REF_MS = 20_000

const ADV_SECRET_BYTES = 32

export type ScanResult =
  | { accepted: true; jid: string; lid: string }
  | {
      accepted: false
      reason:
        | 'not-a-qr'
        | 'unknown-ref'
        | 'ref-expired'
        | 'keys-differ'
        | 'registration-refreshed'
        | 'retired-secret'
    }

/** A companion that shows a QR and waits. */
type Offer = {
  connection: Connection
  registration: proto.ClientPayload.IDevicePairingRegistrationData
  /** ref -> when it dies (ms since epoch). */
  refs: Map<string, number>
  /** Adv secrets that a refresh has made worthless. */
  retiredSecrets: Set<string>
  accepted?: { owner: string; id: number; stanzaId: string }
}

export type Pairing = ReturnType<typeof openPairing>

export function openPairing(directory: Directory, journal: Journal) {
  const offers = new Map<Connection, Offer>()
  const settings = { mustRefreshRegistration: false }

  const readQr = (qr: string) => {
    const [ref, noiseKey, identity, advSecret] = (qr.split('#')[1] ?? qr).split(',')
    if (!ref || !noiseKey || !identity || !advSecret) return undefined
    return Buffer.from(advSecret, 'base64').length === ADV_SECRET_BYTES
      ? { ref, noiseKey, identity, advSecret }
      : undefined
  }

  const judge = (
    code: NonNullable<ReturnType<typeof readQr>>,
  ): Offer | Exclude<ScanResult, { accepted: true }>['reason'] => {
    const offer = [...offers.values()].find(({ refs }) => refs.has(code.ref))
    if (!offer || offer.accepted) return 'unknown-ref'
    if ((offer.refs.get(code.ref) ?? 0) <= Date.now()) return 'ref-expired'
    const isSame = (shown: string, known: Uint8Array | null | undefined) =>
      shown === Buffer.from(known ?? []).toString('base64')
    if (!isSame(code.noiseKey, offer.connection.clientKey)) return 'keys-differ'
    if (!isSame(code.identity, offer.registration.eIdent)) return 'keys-differ'
    if (offer.retiredSecrets.has(code.advSecret)) return 'retired-secret'
    if (!settings.mustRefreshRegistration || offer.retiredSecrets.size > 0) return offer
    offer.retiredSecrets.add(code.advSecret)
    offer.connection.send({
      tag: 'notification',
      attrs: {
        from: S_WHATSAPP_NET,
        type: 'companion_reg_refresh',
        id: generateMessageID(),
        t: String(nowSeconds()),
      },
      content: [{ tag: 'companion_reg_refresh', attrs: {} }],
    })
    return 'registration-refreshed'
  }

  return {
    settings,

    /** An unregistered client: give it refs to draw. */
    offerRefs(
      connection: Connection,
      registration: proto.ClientPayload.IDevicePairingRegistrationData,
    ): void {
      const now = Date.now()
      const refs = new Map<string, number>()
      for (let i = 0; i < REFS; i++) {
        refs.set(`2@${randomBytes(32).toString('base64')}`, now + FIRST_REF_MS + i * NEXT_REF_MS)
      }
      offers.set(connection, { connection, registration, refs, retiredSecrets: new Set() })
      const content = [...refs.keys()].map((ref) => ({ tag: 'ref', attrs: {}, content: Buffer.from(ref) }))
      connection.send({
        tag: 'iq',
        attrs: { from: S_WHATSAPP_NET, type: 'set', xmlns: 'md', id: generateMessageID() },
        content: [{ tag: 'pair-device', attrs: {}, content }],
      })
      journal.note('qr-offered', { connection: connection.id })
    },

    expireRefs(): void {
      for (const { refs } of offers.values()) for (const ref of refs.keys()) refs.set(ref, 0)
    },

    /** The owner of `number` points the phone at the QR. */
    scan(qr: string, number: string): ScanResult {
      const code = readQr(qr)
      const offer = code ? judge(code) : 'not-a-qr'
      if (typeof offer === 'string' || !code) {
        const reason = typeof offer === 'string' ? offer : 'not-a-qr'
        journal.note('scan-refused', { phone: number, reason })
        return { accepted: false, reason }
      }
      const owner = directory.personOf(number)
      const id = directory.nextDeviceId(number)
      const jid = jidOf(number, 's.whatsapp.net', id)
      const lid = jidOf(lidUserOf(number), 'lid', id)
      const companion = { identity: offer.registration.eIdent ?? new Uint8Array(), keyIndex: id }
      const identity = signDeviceIdentity(owner.identity, companion, Buffer.from(code.advSecret, 'base64'))
      offer.accepted = { owner: number, id, stanzaId: generateMessageID() }
      offer.connection.send({
        tag: 'iq',
        attrs: { from: S_WHATSAPP_NET, type: 'set', id: offer.accepted.stanzaId, t: String(nowSeconds()) },
        content: [
          {
            tag: 'pair-success',
            attrs: {},
            content: [
              { tag: 'device-identity', attrs: {}, content: identity },
              { tag: 'device', attrs: { jid, lid } },
              { tag: 'platform', attrs: { name: 'android' } },
            ],
          },
        ],
      })
      return { accepted: true, jid, lid }
    },

    /** `pair-device-sign`: the companion exists from now on. */
    confirm(connection: Connection, iq: BinaryNode): Device | undefined {
      const offer = offers.get(connection)
      if (!offer?.accepted || offer.accepted.stanzaId !== iq.attrs.id) return undefined
      offers.delete(connection)
      const owner = directory.personOf(offer.accepted.owner)
      return directory.link(owner, offer.accepted.id, connection.clientKey, offer.registration)
    },

    forget(connection: Connection): void {
      offers.delete(connection)
    },
  }
}

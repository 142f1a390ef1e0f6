/** Who is who: numbers, LIDs, the server's certificate and the signed identity that a phone gives to a companion. */
import { createHash, randomInt } from 'node:crypto'
import {
  Curve,
  hmacSign,
  jidDecode,
  type KeyPair,
  proto,
  WA_ADV_ACCOUNT_SIG_PREFIX,
} from '@whiskeysockets/baileys'
import type { ServerIdentity } from './noise'

const DAY_SECONDS = 24 * 60 * 60

export const nowSeconds = () => Math.floor(Date.now() / 1000)

/** A LID says nothing about the number, as in life, but is the same in every run. 15 digits. */
export function lidUserOf(phone: string): string {
  const digest = createHash('sha256').update(`lid of ${phone}`).digest()
  return `1${(digest.readBigUInt64BE() % 10n ** 14n).toString().padStart(14, '0')}`
}

/** Device 0 is the phone itself and is not written. */
export function jidOf(user: string, server: 's.whatsapp.net' | 'lid', device = 0): string {
  return `${user}${device ? `:${device}` : ''}@${server}`
}

export function isLidJid(jid: string): boolean {
  return jidDecode(jid)?.server === 'lid'
}

/** A true chain leaf <- intermediate <- root, so that a client that starts to check signatures can be given `rootKey`. */
export function issueServerIdentity(): ServerIdentity & { rootKey: Uint8Array } {
  const root = Curve.generateKeyPair()
  const intermediate = Curve.generateKeyPair()
  const keyPair = Curve.generateKeyPair()
  const sign = (by: KeyPair, serial: number, issuerSerial: number, key: Uint8Array) => {
    const details = proto.CertChain.NoiseCertificate.Details.encode({
      serial,
      issuerSerial,
      key,
      notBefore: nowSeconds() - DAY_SECONDS,
      notAfter: nowSeconds() + DAY_SECONDS,
    }).finish()
    return { details, signature: Curve.sign(by.private, details) }
  }
  const certificate = proto.CertChain.encode({
    intermediate: sign(root, 1, 0, intermediate.public),
    leaf: sign(intermediate, 2, 1, keyPair.public),
  }).finish()
  return { keyPair, certificate, rootKey: root.public }
}

/**
 * What the owner's phone signs for a companion: the companion's identity under the account's, and all of it
 * under the secret that only the QR carried.
 * @param advSecret 32 bytes from the QR.
 */
export function signDeviceIdentity(
  owner: KeyPair,
  companion: { identity: Uint8Array; keyIndex: number },
  advSecret: Uint8Array,
): Uint8Array {
  const device = proto.ADVDeviceIdentity.encode({
    rawId: randomInt(2 ** 31),
    timestamp: nowSeconds(),
    keyIndex: companion.keyIndex,
    accountType: proto.ADVEncryptionType.E2EE,
    deviceType: proto.ADVEncryptionType.E2EE,
  }).finish()
  const details = proto.ADVSignedDeviceIdentity.encode({
    details: device,
    accountSignatureKey: owner.public,
    accountSignature: Curve.sign(
      owner.private,
      Buffer.concat([WA_ADV_ACCOUNT_SIG_PREFIX, device, companion.identity]),
    ),
  }).finish()
  return proto.ADVSignedDeviceIdentityHMAC.encode({ details, hmac: hmacSign(details, advSecret) }).finish()
}

/** The server's side of Noise_XX_25519_AESGCM_SHA256 as WhatsApp Web speaks it; the mirror of Baileys' noise-handler. */
import {
  aesDecryptGCM,
  aesEncryptGCM,
  Curve,
  hkdf,
  type KeyPair,
  NOISE_MODE,
  proto,
  sha256,
} from '@whiskeysockets/baileys'

const NO_DATA = Buffer.alloc(0)

export type Transport = { encrypt(plain: Uint8Array): Buffer; decrypt(cipher: Uint8Array): Buffer }

export type ServerIdentity = { keyPair: KeyPair; certificate: Uint8Array }

/** The counter sits in the last four of twelve bytes, big endian. */
function nonceOf(counter: number): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(counter, 8)
  return nonce
}

/**
 * Starts the handshake of one connection.
 * @param header the four bytes `WA` 6 3 that the client sent; they are the prologue.
 * @returns `answerHello` (client hello bytes -> server hello bytes) and `finish` (client finish bytes ->
 * the client's static key, its decoded payload and the transport). Both throw on bytes that do not fit.
 */
export function startHandshake(server: ServerIdentity, header: Uint8Array) {
  const ephemeral = Curve.generateKeyPair()
  let hash: Buffer = Buffer.from(NOISE_MODE)
  let salt: Uint8Array = hash
  let key: Uint8Array = hash
  let counter = 0

  const mixHash = (data: Uint8Array) => {
    hash = sha256(Buffer.concat([hash, data]))
  }
  const derive = (secret: Uint8Array): [Uint8Array, Uint8Array] => {
    const derived = hkdf(Buffer.from(secret), 64, { salt: Buffer.from(salt), info: '' })
    return [derived.subarray(0, 32), derived.subarray(32)]
  }
  const mixKey = (secret: Uint8Array) => {
    ;[salt, key] = derive(secret)
    counter = 0
  }
  const encrypt = (plain: Uint8Array) => {
    const cipher = aesEncryptGCM(plain, key, nonceOf(counter++), hash)
    mixHash(cipher)
    return cipher
  }
  const decrypt = (cipher: Uint8Array) => {
    const plain = aesDecryptGCM(cipher, key, nonceOf(counter++), hash)
    mixHash(cipher)
    return plain
  }
  mixHash(header)

  return {
    answerHello(frame: Uint8Array): Uint8Array {
      const clientEphemeral = proto.HandshakeMessage.decode(frame).clientHello?.ephemeral
      if (!clientEphemeral) throw new Error('The first frame holds no client hello')
      mixHash(clientEphemeral)
      mixHash(ephemeral.public)
      mixKey(Curve.sharedKey(ephemeral.private, clientEphemeral))
      const staticKey = encrypt(server.keyPair.public)
      mixKey(Curve.sharedKey(server.keyPair.private, clientEphemeral))
      const payload = encrypt(server.certificate)
      return proto.HandshakeMessage.encode({
        serverHello: { ephemeral: ephemeral.public, static: staticKey, payload },
      }).finish()
    },

    finish(frame: Uint8Array) {
      const finish = proto.HandshakeMessage.decode(frame).clientFinish
      if (!finish?.static || !finish.payload) throw new Error('The second frame holds no client finish')
      const clientKey = decrypt(finish.static)
      mixKey(Curve.sharedKey(ephemeral.private, clientKey))
      const payload = proto.ClientPayload.decode(decrypt(finish.payload))
      const [clientWrites, serverWrites] = derive(NO_DATA)
      return { clientKey, payload, transport: makeTransport(clientWrites, serverWrites) }
    },
  }
}

function makeTransport(readKey: Uint8Array, writeKey: Uint8Array): Transport {
  let reads = 0
  let writes = 0
  return {
    encrypt: (plain) => aesEncryptGCM(plain, writeKey, nonceOf(writes++), NO_DATA),
    decrypt: (cipher) => aesDecryptGCM(cipher, readKey, nonceOf(reads++), NO_DATA),
  }
}

/** A phone in somebody's hand: the owner of a company's number or a customer. Real Signal sessions, through Baileys' exports. */
import {
  addTransactionCapability,
  type BinaryNode,
  Curve,
  DEFAULT_CONNECTION_CONFIG,
  encodeBigEndian,
  encodeWAMessage,
  initAuthCreds,
  KEY_BUNDLE_TYPE,
  type KeyPair,
  parseAndInjectE2ESessions,
  proto,
  unpadRandomMax16,
  xmppPreKey,
  xmppSignedPreKey,
} from '@whiskeysockets/baileys'
import { pino } from 'pino'
import { jidOf, lidUserOf } from './identity'
import { makeMemoryKeys } from './memory-keys'

const silent = pino({ level: 'silent' })

export type Sealed = { type: 'pkmsg' | 'msg'; ciphertext: Uint8Array }

export type Phone = ReturnType<typeof makePhone>

/** @param number digits with country code, e.g. `573001112233`. */
export function makePhone(number: string) {
  const creds = initAuthCreds()
  const keys = addTransactionCapability(makeMemoryKeys(), silent, {
    maxCommitRetries: 1,
    delayBetweenTriesMs: 1,
  })
  const signal = DEFAULT_CONNECTION_CONFIG.makeSignalRepository({ creds, keys }, silent)
  let nextPreKeyId = 1
  // Sessions are built and advanced one step at a time; two at once would throw one of them away.
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work)
    turn = result.catch(() => undefined)
    return result
  }

  return {
    number,
    pn: jidOf(number, 's.whatsapp.net'),
    lid: jidOf(lidUserOf(number), 'lid'),
    name: undefined as string | undefined,
    identity: creds.signedIdentityKey satisfies KeyPair,
    registration: encodeBigEndian(creds.registrationId),

    /** What the server hands to whoever wants to write to this phone; each time a new one-time key. */
    async keyBundle(): Promise<BinaryNode[]> {
      const id = nextPreKeyId++
      const pair = Curve.generateKeyPair()
      await keys.set({ 'pre-key': { [id]: pair } })
      return [
        { tag: 'registration', attrs: {}, content: encodeBigEndian(creds.registrationId) },
        { tag: 'type', attrs: {}, content: KEY_BUNDLE_TYPE },
        { tag: 'identity', attrs: {}, content: creds.signedIdentityKey.public },
        xmppPreKey(pair, id),
        xmppSignedPreKey(creds.signedPreKey),
      ]
    },

    /** Encrypts a message, or bytes that are to be taken for one, for one device; `fetchBundle` is asked only where there is no session yet. */
    seal(
      deviceJid: string,
      message: proto.IMessage | Uint8Array,
      fetchBundle: () => Promise<BinaryNode>,
    ): Promise<Sealed> {
      return inTurn(async () => {
        if (!(await signal.validateSession(deviceJid)).exists) {
          const list: BinaryNode = { tag: 'list', attrs: {}, content: [await fetchBundle()] }
          await parseAndInjectE2ESessions({ tag: 'iq', attrs: {}, content: [list] }, signal)
        }
        const data = message instanceof Uint8Array ? pad(message) : encodeWAMessage(message)
        return signal.encryptMessage({ jid: deviceJid, data })
      })
    },

    /** Throws when the phone cannot read it; a real one then asks for it again. */
    open(deviceJid: string, { type, ciphertext }: Sealed): Promise<proto.Message> {
      return inTurn(async () => {
        const bytes = await signal.decryptMessage({
          jid: deviceJid,
          type,
          ciphertext: Buffer.from(ciphertext),
        })
        return proto.Message.decode(unpadRandomMax16(bytes))
      })
    },

    forgetSession(deviceJid: string): Promise<void> {
      return inTurn(() => signal.deleteSession([deviceJid]))
    },

    close() {
      signal.close?.()
    },
  }
}

/** As Signal pads what Baileys encodes: so many bytes of so much. */
const pad = (bytes: Uint8Array) => Buffer.concat([bytes, Buffer.from([1])])

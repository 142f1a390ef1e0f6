/** The WhatsApp Web server, as far as an unmodified Baileys needs it. See README.md. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { deflateSync } from 'node:zlib'
import {
  type BinaryNode,
  generateMessageID,
  getBinaryNodeChild,
  proto,
  S_WHATSAPP_NET,
} from '@whiskeysockets/baileys'
import { WebSocketServer } from 'ws'
import { answerQuestion, nameQuestion } from './answers'
import { acceptConnection, type Connection } from './connection'
import { serveControl } from './control'
import { openDelivery, type PhoneSays, type ReceiptOrder, type Say } from './delivery'
import { type Device, openDirectory } from './directory'
import { issueServerIdentity, jidOf, lidUserOf, nowSeconds } from './identity'
import { openJournal } from './journal'
import { openMailbox } from './mailbox'
import { openPairing } from './pairing'

/** Baileys uploads more one-time keys when told that fewer than this are left. */
const FEW_KEYS = 5

const DEFAULT_WAIT_MS = 10_000

export type Wait = { timeoutMs?: number | undefined } & (
  | { what: 'online' | 'offline'; phone: string }
  | { what: 'acknowledged'; phone?: string | undefined }
  | { what: 'inbox'; customer: string; count: number }
  | { what: 'event'; name: string; after?: number | undefined }
)

export type Failure = { code: number; phone?: string | undefined; nextLogins?: number | undefined }

export type EmulatorActions = ReturnType<typeof openEmulator>['actions']

export type WhatsAppEmulator = EmulatorActions & {
  /** For `waWebSocketUrl`. */
  url: string
  controlUrl: string
  /** Public key that signs the server's certificate. */
  rootKey: Uint8Array
  close(): Promise<void>
}

/** Starts on loopback; port 0 (the default) takes any free one. Everything is in memory. */
export async function startWhatsAppEmulator({ port = 0, controlPort = 0 } = {}): Promise<WhatsAppEmulator> {
  const emulator = openEmulator()
  const sockets = new WebSocketServer({ host: '127.0.0.1', port })
  await once(sockets, 'listening')
  sockets.on('connection', (socket) => acceptConnection(socket, emulator.identity, emulator.listener))
  const control = await serveControl(emulator.actions, controlPort)
  return {
    ...emulator.actions,
    url: `ws://127.0.0.1:${(sockets.address() as AddressInfo).port}`,
    controlUrl: control.url,
    rootKey: emulator.identity.rootKey,
    async close() {
      for (const socket of sockets.clients) socket.terminate()
      const closed = once(sockets, 'close')
      sockets.close()
      await Promise.all([closed, control.close()])
      emulator.close()
    },
  }
}

function openEmulator() {
  const identity = issueServerIdentity()
  const journal = openJournal()
  const directory = openDirectory()
  const mailbox = openMailbox()
  const pairing = openPairing(directory, journal)
  const delivery = openDelivery(directory, journal, mailbox)
  const linked = new Map<Connection, Device>()
  const failures: { code: number; phone: string | undefined; left: number }[] = []

  /** Refuses a login (or, without a number, any new client) as long as told so. */
  const takeFailure = (phone: string | undefined): number | undefined => {
    const failure = failures.find((each) => each.left > 0 && (each.phone ?? phone) === phone)
    if (failure) failure.left--
    return failure?.code
  }

  const logIn = (connection: Connection, payload: proto.ClientPayload) => {
    const number = String(payload.username)
    const device = directory.devicesOf(number).find(({ id }) => id === payload.device)
    const isKnown = device && Buffer.from(device.noiseKey).equals(connection.clientKey)
    const code = takeFailure(number) ?? (isKnown ? undefined : 401)
    if (code || !device) return connection.closeWith(failureNode(code ?? 401))
    const before = device.connection
    device.connection = connection
    device.isOnline = false
    linked.set(connection, device)
    if (before) {
      linked.delete(before)
      before.closeWith(streamError({}, { tag: 'conflict', attrs: { type: 'replaced' } }))
      journal.note('replaced', { device: device.pn })
    }
    journal.counts.logins++
    journal.note('login', { phone: number, device: device.id })
    connection.send({ tag: 'success', attrs: { t: String(nowSeconds()), lid: device.lid, status: 'active' } })
  }

  const goOnline = async (device: Device) => {
    if (!device.hasHistory) {
      device.hasHistory = true
      await delivery.queueHistory(device, emptyHistory())
    }
    delivery.flush(device)
    journal.note('online', { phone: device.owner.number, device: device.id })
  }

  const answer = async (connection: Connection, iq: BinaryNode) => {
    const device = linked.get(connection)
    if (iq.attrs.type === 'result' || iq.attrs.type === 'error') {
      const paired = getBinaryNodeChild(iq, 'pair-device-sign') && pairing.confirm(connection, iq)
      if (!paired) return
      journal.counts.pairings++
      journal.note('paired', { phone: paired.owner.number, device: paired.id })
      return connection.closeWith(streamError({ code: '515' }))
    }
    const name = nameQuestion(iq)
    const content =
      device && (await answerQuestion(iq, device, directory, delivery.isRestricted(device.owner.number)))
    const isLogout = device && name === 'set md remove-companion-device'
    if (!content && !isLogout) journal.countUnknown(`iq ${name}`)
    const attrs = { type: 'result', id: iq.attrs.id ?? '', from: iq.attrs.to ?? S_WHATSAPP_NET }
    connection.send({ tag: 'iq', attrs, content: content ?? [] })
    if (isLogout) removeDevice(device)
    if (device && name === 'set passive active') await goOnline(device)
    if (device && name === 'get encrypt digest') warnOfFewKeys(device)
  }

  const warnOfFewKeys = (device: Device) => {
    if (!device.isOnline || device.oneTimeKeys.length >= FEW_KEYS) return
    const attrs = { from: S_WHATSAPP_NET, type: 'encrypt', id: generateMessageID(), t: String(nowSeconds()) }
    const count = { tag: 'count', attrs: { value: String(device.oneTimeKeys.length) } }
    device.connection?.send({ tag: 'notification', attrs, content: [count] })
  }

  const removeDevice = (device: Device) => {
    device.connection?.closeWith(
      streamError({ code: '401' }, { tag: 'conflict', attrs: { type: 'device_removed' } }),
    )
    directory.unlink(device)
    journal.note('logged-out', { phone: device.owner.number, device: device.id })
  }

  const handleStanza = async (connection: Connection, stanza: BinaryNode) => {
    if (stanza.tag === 'iq') return answer(connection, stanza)
    const device = linked.get(connection)
    switch (stanza.tag) {
      case 'message':
        if (device && directory.numberOf(stanza.attrs.to ?? '')) return delivery.acceptMessage(device, stanza)
        return journal.countUnknown('message to nobody')
      case 'receipt':
        return device && delivery.acceptReceipt(device, stanza)
      case 'ack':
        return device && delivery.acceptAck(device, stanza)
      case 'presence':
      case 'chatstate':
      case 'ib':
        return
      default:
        return journal.countUnknown(stanza.tag)
    }
  }

  const devicesOf = (phone: string) => {
    const devices = directory.devicesOf(phone)
    if (devices.length === 0) throw new Error(`No companion is linked to ${phone}`)
    return devices
  }

  const connectionsOf = (phone: string) =>
    devicesOf(phone).flatMap(({ connection }) => (connection ? [connection] : []))

  const listener = {
    opened(connection: Connection, payload: proto.ClientPayload) {
      journal.counts.connections++
      if (!payload.devicePairingData) return logIn(connection, payload)
      const code = takeFailure(undefined)
      if (code) return connection.closeWith(failureNode(code))
      return pairing.offerRefs(connection, payload.devicePairingData)
    },
    stanza: handleStanza,
    broken(connection: Connection, error: unknown) {
      journal.note('broken', { connection: connection.id, reason: String(error) })
    },
    closed(connection: Connection) {
      pairing.forget(connection)
      const device = linked.get(connection)
      linked.delete(connection)
      if (device?.connection !== connection) return
      device.connection = undefined
      device.isOnline = false
      journal.note('offline', { phone: device.owner.number, device: device.id })
    },
  }

  const actions = {
    /** The phone with this number scans the text of a QR. */
    scan: ({ qr, phone }: { qr: string; phone: string }) => pairing.scan(qr, phone),
    /** On: the first scan of a QR is answered by `companion_reg_refresh` and only a new adv secret is accepted. */
    regRefresh({ on }: { on: boolean }) {
      pairing.settings.mustRefreshRegistration = on
    },
    /** All refs on all screens die. */
    expireRefs: () => pairing.expireRefs(),

    /** Customers write to a company. A batch is encrypted first and then sent all at once. */
    say: (items: Say | Say[]) => delivery.say(Array.isArray(items) ? items : [items]),
    phoneSays: (order: PhoneSays) => delivery.phoneSays(order),
    receipt: (order: ReceiptOrder) => delivery.confirmShown(order),
    /** Off: customers' phones are switched off; `receipt` with `delivered` switches one on. */
    autoDeliver({ on }: { on: boolean }) {
      delivery.settings.deliverAutomatically = on
    },
    /** The server refuses what the company writes (463 restricted, 479 bad addressing); code null ends it. */
    refuse: ({
      phone,
      customer,
      code,
    }: {
      phone: string
      customer?: string | undefined
      code: number | null
    }) => delivery.refuse(phone, customer, code),
    /** The customer's phone loses its keys to the company: the next message must be asked for again. */
    async forgetSessions({ customer, phone }: { customer: string; phone: string }) {
      for (const device of devicesOf(phone)) await directory.personOf(customer).forgetSession(device.lid)
    },
    setOnWhatsApp: ({ number, on }: { number: string; on: boolean }) => directory.setOnWhatsApp(number, on),

    /** The network breaks. */
    drop({ phone }: { phone: string }) {
      for (const connection of connectionsOf(phone)) connection.terminate()
    },
    /** The link is dead but looks open. */
    mute({ phone }: { phone: string }) {
      for (const connection of connectionsOf(phone)) connection.mute()
    },
    /** The owner removes the companions on the phone. */
    logout({ phone }: { phone: string }) {
      for (const device of devicesOf(phone)) removeDevice(device)
    },
    /** Ends the stream of a number with a code now; with `nextLogins`, refuses so many logins (without `phone`: QR requests) instead. */
    fail({ code, phone, nextLogins }: Failure) {
      if (nextLogins !== undefined) failures.push({ code, phone, left: nextLogins })
      else if (!phone) throw new Error('Say which phone, or how many of the next logins')
      else
        for (const connection of connectionsOf(phone))
          connection.closeWith(streamError({ code: String(code) }))
    },
    /** Any stanza at all to the companions, to see what they make of it. */
    stanza({
      phone,
      tag,
      attrs,
      text,
    }: {
      phone: string
      tag: string
      attrs: Record<string, string>
      text?: string | undefined
    }) {
      const stanza = { tag, attrs, ...(text !== undefined && { content: Buffer.from(text) }) }
      for (const connection of connectionsOf(phone)) connection.send(stanza)
    },

    /** What a phone shows. */
    inbox: ({ customer }: { customer: string }) => mailbox.screenOf(customer),
    sent: ({ phone }: { phone?: string | undefined } = {}) =>
      mailbox.sent.filter(({ to }) => !phone || to === phone),
    stats: () => ({
      ...journal.counts,
      unknown: { ...journal.unknown },
      pending: directory.allDevices().reduce((sum, { pending }) => sum + pending.size, 0),
      online: directory
        .allDevices()
        .filter(({ isOnline }) => isOnline)
        .map(({ pn }) => pn),
      seq: journal.seq,
    }),
    events: ({ after = 0 }: { after?: number | undefined } = {}) =>
      journal.events.filter(({ seq }) => seq > after),
    /** The addresses of a number. */
    addresses: ({ number }: { number: string }) => ({
      pn: jidOf(number, 's.whatsapp.net'),
      lid: jidOf(lidUserOf(number), 'lid'),
    }),

    /** Resolves when it is so; rejects after `timeoutMs` (10 s unless said). @returns the milliseconds waited. */
    async wait(wish: Wait): Promise<number> {
      const start = performance.now()
      await journal.until(JSON.stringify(wish), () => isSo(wish), wish.timeoutMs ?? DEFAULT_WAIT_MS)
      return Math.round(performance.now() - start)
    },
  }

  const isSo = (wish: Wait): boolean => {
    switch (wish.what) {
      case 'online':
        return directory.devicesOf(wish.phone).some(({ isOnline }) => isOnline)
      case 'offline':
        return directory.devicesOf(wish.phone).every(({ connection }) => connection === undefined)
      case 'inbox':
        return mailbox.screenOf(wish.customer).length >= wish.count
      case 'acknowledged': {
        const devices = wish.phone ? directory.devicesOf(wish.phone) : directory.allDevices()
        return devices.every(({ pending }) => pending.size === 0)
      }
      case 'event':
        return journal.events.some(({ seq, what }) => what === wish.name && seq > (wish.after ?? 0))
      default:
        return wish satisfies never
    }
  }

  return { identity, listener, actions, close: () => directory.close() }
}

function failureNode(code: number): BinaryNode {
  return { tag: 'failure', attrs: { reason: String(code), location: 'emulator' } }
}

function streamError(attrs: BinaryNode['attrs'], child?: BinaryNode): BinaryNode {
  return { tag: 'stream:error', attrs, content: child ? [child] : [] }
}

/** A phone with an empty past. */
function emptyHistory(): proto.IMessage {
  const syncType = proto.HistorySync.HistorySyncType.INITIAL_BOOTSTRAP
  const payload = proto.HistorySync.encode({ syncType, conversations: [], progress: 100 }).finish()
  return {
    protocolMessage: {
      type: proto.Message.ProtocolMessage.Type.HISTORY_SYNC_NOTIFICATION,
      historySyncNotification: {
        syncType: proto.Message.HistorySyncType.INITIAL_BOOTSTRAP,
        initialHistBootstrapInlinePayload: deflateSync(payload),
        progress: 100,
        chunkOrder: 1,
      },
    },
  }
}

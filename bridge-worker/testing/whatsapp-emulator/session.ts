/** The life of a connection: pairing or login, the questions of the client, its stanzas, its end. */
import { deflateSync } from 'node:zlib'
import { type BinaryNode, getBinaryNodeChild, proto, S_WHATSAPP_NET } from '@whiskeysockets/baileys'
import { answerQuestion, nameQuestion } from './answers'
import type { Connection } from './connection'
import type { Device, Directory } from './directory'
import { nowSeconds } from './identity'
import type { Inbound } from './inbound'
import type { Journal } from './journal'
import type { MediaHost } from './media'
import type { Outbound } from './outbound'
import type { Pairing } from './pairing'
import type { Queue } from './queue'

type Parts = {
  directory: Directory
  journal: Journal
  pairing: Pairing
  queue: Queue
  inbound: Inbound
  outbound: Outbound
  media: MediaHost
}

export type Sessions = ReturnType<typeof openSessions>

export function openSessions({ directory, journal, pairing, queue, inbound, outbound, media }: Parts) {
  const linked = new Map<Connection, Device>()
  const failures: { code: number; phone: string | undefined; left: number }[] = []

  /** Takes one of the failures that were ordered for this number, or for anybody. */
  const takeFailure = (phone: string | undefined): number | undefined => {
    const failure = failures.find((each) => each.left > 0 && (each.phone ?? phone) === phone)
    if (failure) failure.left--
    return failure?.code
  }

  const logIn = (connection: Connection, payload: proto.ClientPayload) => {
    const number = String(payload.username)
    const device = directory.devicesOf(number).find(({ id }) => id === payload.device)
    const isKnown = device && Buffer.from(device.noiseKey).equals(connection.clientKey)
    if (!device || !isKnown) return connection.closeWith(failureNode(401))
    const before = device.connection
    device.connection = connection
    device.isOnline = false
    linked.set(connection, device)
    if (before) {
      linked.delete(before)
      before.closeWith(streamError({}, { tag: 'conflict', attrs: { type: 'replaced' } }))
      journal.note('replaced', { phone: number, device: device.id })
    }
    journal.counts.logins++
    journal.note('login', { phone: number, device: device.id })
    connection.send({ tag: 'success', attrs: { t: String(nowSeconds()), lid: device.lid, status: 'active' } })
  }

  const goOnline = async (connection: Connection, device: Device) => {
    if (!device.hasHistory) {
      device.hasHistory = true
      await inbound.addHistory(device, emptyHistory())
    }
    // It may have gone, or come back on another connection, while the history was encrypted.
    if (device.connection !== connection) return
    queue.flush(device)
    journal.note('online', { phone: device.owner.number, device: device.id })
  }

  const finishPairing = (connection: Connection, iq: BinaryNode) => {
    const device = getBinaryNodeChild(iq, 'pair-device-sign') && pairing.confirm(connection, iq)
    if (!device) return
    journal.counts.pairings++
    journal.note('paired', { phone: device.owner.number, device: device.id })
    connection.closeWith(streamError({ code: '515' }))
  }

  const answer = async (connection: Connection, device: Device | undefined, iq: BinaryNode) => {
    const name = nameQuestion(iq)
    const isRestricted = device !== undefined && outbound.isRestricted(device.owner.number)
    const content =
      device && (await answerQuestion(iq, device, directory, { isRestricted, mediaHost: media.host() }))
    if (!content) journal.countUnknown(`iq ${name}`)
    const attrs = { type: 'result', id: iq.attrs.id ?? '', from: iq.attrs.to ?? S_WHATSAPP_NET }
    connection.send({ tag: 'iq', attrs, content: content ?? [] })
    if (device && name === 'set md remove-companion-device') remove(device)
    if (device && name === 'set passive active') await goOnline(connection, device)
  }

  /** The companion is told that it is not one any more. */
  const remove = (device: Device) => {
    const conflict = { tag: 'conflict', attrs: { type: 'device_removed' } }
    device.connection?.closeWith(streamError({ code: '401' }, conflict))
    directory.unlink(device)
    journal.note('logged-out', { phone: device.owner.number, device: device.id })
  }

  return {
    remove,

    end(connection: Connection, code: number): void {
      connection.closeWith(streamError({ code: String(code) }))
    },

    failNext(code: number, phone: string | undefined, times: number): void {
      failures.push({ code, phone, left: times })
    },

    listener: {
      opened(connection: Connection, payload: proto.ClientPayload): void {
        journal.counts.connections++
        const registration = payload.devicePairingData
        const code = takeFailure(registration ? undefined : String(payload.username))
        if (code) connection.closeWith(failureNode(code))
        else if (registration) pairing.offerRefs(connection, registration)
        else logIn(connection, payload)
      },

      async stanza(connection: Connection, stanza: BinaryNode): Promise<void> {
        const device = linked.get(connection)
        const { tag, attrs } = stanza
        if (tag === 'iq' && attrs.type === 'result') return finishPairing(connection, stanza)
        if (tag === 'iq') return answer(connection, device, stanza)
        // What a client says besides: who it is, what it does, that it has gone through the offline batch.
        if (tag === 'presence' || tag === 'chatstate' || tag === 'ib') return
        if (tag === 'ack' && !device) return
        if (!device) return journal.countUnknown(`${tag} before login`)
        if (tag === 'ack') return queue.acceptAck(device, stanza)
        if (tag === 'receipt') return inbound.acceptReceipt(device, stanza)
        if (tag !== 'message') return journal.countUnknown(tag)
        if (directory.numberOf(attrs.to ?? '') === undefined) return journal.countUnknown('message to nobody')
        return outbound.acceptMessage(device, stanza)
      },

      broken(connection: Connection, error: unknown): void {
        journal.note('broken', { connection: connection.id, reason: String(error) })
      },

      closed(connection: Connection): void {
        pairing.forget(connection)
        const device = linked.get(connection)
        linked.delete(connection)
        if (device?.connection !== connection) return
        device.connection = undefined
        device.isOnline = false
        journal.note('offline', { phone: device.owner.number, device: device.id })
      },
    },
  }
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

/** From companions to people: each phone decrypts its own envelope, shows it once and sends its receipts. */
import {
  type BinaryNode,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  jidDecode,
  type proto,
} from '@whiskeysockets/baileys'
import type { Device, Directory } from './directory'
import { isLidJid, nowSeconds } from './identity'
import type { Journal } from './journal'
import { aboutOf, type Mailbox, readContent, type Status } from './mailbox'
import type { MediaHost } from './media'
import type { Phone, Sealed } from './phone'
import type { Queue } from './queue'

/** A phone that still cannot read it after so many resends gives up, as Baileys does. */
const MAX_RETRIES = 5

/** "Your account has been restricted." */
const RESTRICTED = 463

const RANK: Record<Status, number> = { sent: 0, delivered: 1, read: 2 }

export type ReceiptOrder = {
  customer: string
  type: 'delivered' | 'read'
  /** Unless given, all that are not that far yet. */
  ids?: string[] | undefined
  /** Only what this company wrote. */
  from?: string | undefined
}

export type Outbound = ReturnType<typeof openOutbound>

export function openOutbound(
  directory: Directory,
  journal: Journal,
  mailbox: Mailbox,
  queue: Queue,
  media: MediaHost,
) {
  const settings = { deliverAutomatically: true }
  /** company -> customer (or `*`) -> error code. */
  const refusals = new Map<string, Map<string, number>>()
  const retries = new Map<string, number>()

  /** One envelope of a message. */
  const deliver = async (device: Device, message: BinaryNode, jid: string, enc: BinaryNode) => {
    const id = message.attrs.id ?? ''
    const sealed = readEnc(enc)
    const phone = directory.phoneOf(jid)
    if (!phone || !sealed) return journal.note('undeliverable', { id, jid })
    if (jidDecode(jid)?.device) return forward(device, message, jid, enc)
    let content: proto.IMessage
    try {
      content = await phone.open(device.lid, sealed)
    } catch (error) {
      return askAgain(device, phone, message, String(error))
    }
    await show(device, phone, message, content)
  }

  const show = async (device: Device, phone: Phone, { attrs }: BinaryNode, content: proto.IMessage) => {
    const id = attrs.id ?? ''
    const copy = content.deviceSentMessage
    const { text, kind } = readContent(copy?.message ?? content)
    // What a companion tells its own phone about syncing is not a message anybody sees.
    if (kind === 'protocolMessage' && phone === device.owner) return journal.note('peer-message', { id })
    const from = device.owner.number
    const to = directory.numberOf(copy?.destinationJid || phone.pn) ?? ''
    const addressedTo = isLidJid(attrs.to ?? '') ? 'lid' : 'pn'
    const file = await media.open(copy?.message ?? content)
    const about = aboutOf(copy?.message ?? content)
    const row = { id, from, to, text, kind, file, ...about, addressedTo, writtenOn: 'companion' } as const
    const { shown, isNew } = mailbox.show(phone.number, row)
    journal.note(isNew ? 'shown' : 'repeated', { on: phone.number, id, from })
    if (copy || !settings.deliverAutomatically) return
    // A phone confirms a repeated id as well: its first receipt may have been lost.
    if (shown.status === 'sent') shown.status = 'delivered'
    queue.addReceipt(device, phone, [id], undefined)
  }

  /** "Waiting for this message" on the phone. */
  const askAgain = (device: Device, phone: Phone, message: BinaryNode, reason: string) => {
    const id = message.attrs.id ?? ''
    const count = (retries.get(`${phone.number} ${id}`) ?? 0) + 1
    journal.note('unreadable', { on: phone.number, id, count, reason })
    if (count > MAX_RETRIES) return
    retries.set(`${phone.number} ${id}`, count)
    const attrs = { id, count: String(count), t: message.attrs.t ?? String(nowSeconds()), v: '1' }
    queue.addReceipt(device, phone, [id], 'retry', [
      { tag: 'retry', attrs },
      { tag: 'registration', attrs: {}, content: phone.registration },
    ])
  }

  /** To another companion, of the same account or of another one. */
  const forward = (from: Device, { attrs }: BinaryNode, jid: string, enc: BinaryNode) => {
    const target = directory.deviceOf(jid)
    if (!target) return
    const stanza: BinaryNode = {
      tag: 'message',
      attrs: {
        from: from.lid,
        id: attrs.id ?? '',
        type: attrs.type ?? 'text',
        t: String(nowSeconds()),
        ...(target.owner === from.owner ? { recipient: attrs.to ?? '' } : { sender_pn: from.owner.pn }),
      },
      content: [enc],
    }
    const key = `message ${from.owner.number} ${attrs.id}`
    queue.add(target, { kind: 'message', key, stanza, expectedNacks: 0, isHistory: false })
  }

  return {
    settings,

    isRestricted: (company: string) => [...(refusals.get(company)?.values() ?? [])].includes(RESTRICTED),

    /** @param customer all when undefined. @param code null takes the refusal back. */
    refuse(company: string, customer: string | undefined, code: number | null): void {
      const own = refusals.get(company) ?? new Map<string, number>()
      refusals.set(company, own)
      if (code === null) own.delete(customer ?? '*')
      else own.set(customer ?? '*', code)
    },

    async acceptMessage(device: Device, message: BinaryNode): Promise<void> {
      const { id = '', to = '' } = message.attrs
      const refused = refusals.get(device.owner.number)
      const code = refused?.get(directory.numberOf(to) ?? '') ?? refused?.get('*')
      const ack = { class: 'message', id, from: to, t: String(nowSeconds()) }
      device.connection?.send({ tag: 'ack', attrs: code ? { ...ack, error: String(code) } : ack })
      if (code) return journal.note('refused', { id, code, from: device.owner.number })
      journal.counts.messagesOut++
      const envelopes = getBinaryNodeChildren(getBinaryNodeChild(message, 'participants'), 'to')
      for (const { attrs, content } of envelopes) {
        const enc = Array.isArray(content) ? content[0] : undefined
        if (enc) await deliver(device, message, attrs.jid ?? '', enc)
      }
      const direct = getBinaryNodeChild(message, 'enc')
      if (direct) await deliver(device, message, to, direct)
    },

    /** The customer's phone is switched on, or the customer opens the chat. @returns the ids concerned. */
    sendReceipts({ customer, type, ids, from }: ReceiptOrder): string[] {
      const phone = directory.personOf(customer)
      const due = mailbox
        .screenOf(customer)
        .filter((shown) => !from || shown.from === from)
        .filter((shown) => (ids ? ids.includes(shown.id) : RANK[shown.status] < RANK[type]))
      for (const shown of due) if (RANK[shown.status] < RANK[type]) shown.status = type
      for (const company of new Set(due.map((shown) => shown.from))) {
        const own = due.filter((shown) => shown.from === company).map(({ id }) => id)
        for (const device of directory.devicesOf(company)) {
          queue.addReceipt(device, phone, own, type === 'read' ? 'read' : undefined)
        }
      }
      return due.map(({ id }) => id)
    },
  }
}

function readEnc({ attrs, content }: BinaryNode): Sealed | undefined {
  const { type } = attrs
  return (type === 'pkmsg' || type === 'msg') && content instanceof Uint8Array
    ? { type, ciphertext: content }
    : undefined
}

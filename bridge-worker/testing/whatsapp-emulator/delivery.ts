/** Messages, receipts and retries between phones and companions. */
import { randomBytes } from 'node:crypto'
import {
  type BinaryNode,
  generateMessageID,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  jidDecode,
  type proto,
} from '@whiskeysockets/baileys'
import type { Device, Directory, Pending } from './directory'
import { isLidJid, nowSeconds } from './identity'
import type { Journal } from './journal'
import { type Mailbox, readContent, type Status } from './mailbox'
import type { Phone, Sealed } from './phone'

/** A phone that still cannot read it after so many resends gives up, as Baileys does. */
const MAX_RETRIES = 5

const RANK: Record<Status, number> = { sent: 0, delivered: 1, read: 2 }

export type Addressing = 'lid' | 'pn'

export type Say = {
  /** The company's number. */
  to: string
  /** The customer's number. */
  from: string
  /** The name the customer has given to WhatsApp. */
  name?: string | undefined
  text: string
  /** Which of the customer's two addresses the message comes from; `lid` unless said. */
  addressing?: Addressing | undefined
  /** The other address is left out of the stanza, as for a customer who hides the number. */
  hideOtherAddress?: boolean | undefined
  id?: string | undefined
  /** The first copy is damaged, so that the companion must ask for it again. */
  isDamaged?: boolean | undefined
}

export type PhoneSays = {
  phone: string
  to: string
  text: string
  addressing?: Addressing | undefined
  id?: string | undefined
}

export type ReceiptOrder = {
  customer: string
  type: 'delivered' | 'read'
  ids?: string[] | undefined
  /** Only what this company wrote. */
  from?: string | undefined
}

export type Delivery = ReturnType<typeof openDelivery>

export function openDelivery(directory: Directory, journal: Journal, mailbox: Mailbox) {
  const settings = { deliverAutomatically: true }
  /** `company customer`, or `company *` -> error code. */
  const refusals = new Map<string, number>()
  const retries = new Map<string, number>()

  const isDue = (code: number, company: string) =>
    [...refusals].some(([key, refused]) => refused === code && key.startsWith(`${company} `))

  const send = (device: Device, pending: Pending, isOffline: boolean) => {
    const { stanza } = pending
    device.connection?.send(isOffline ? { ...stanza, attrs: { ...stanza.attrs, offline: '1' } } : stanza)
    if (pending.kind === 'message') {
      journal.counts.messagesIn++
      for (const row of rowsOf(device, stanza)) row.deliveries++
    }
  }

  const rowsOf = (device: Device, { attrs }: BinaryNode) => {
    const from = directory.numberOf(attrs.from ?? '') ?? ''
    return mailbox.sentRows({ to: device.owner.number, device: device.id, from, id: attrs.id ?? '' })
  }

  const queue = (device: Device, pending: Pending) => {
    device.pending.set(pending.key, [...(device.pending.get(pending.key) ?? []), pending])
    if (device.isOnline) send(device, pending, false)
  }

  const confirm = (device: Device, key: string, by: 'receipt' | 'ack' | 'nack') => {
    const confirmed = device.pending.get(key)
    if (!confirmed) return
    device.pending.delete(key)
    for (const { stanza } of confirmed) for (const row of rowsOf(device, stanza)) row.acknowledgedBy ??= by
    journal.note('confirmed', { device: device.pn, key, by })
  }

  const queueReceipt = (
    device: Device,
    phone: Phone,
    ids: string[],
    type: string | undefined,
    extra?: BinaryNode[],
  ) => {
    const [id, ...others] = ids
    if (id === undefined) return
    const list: BinaryNode[] = others.length
      ? [{ tag: 'list', attrs: {}, content: others.map((other) => ({ tag: 'item', attrs: { id: other } })) }]
      : []
    const attrs = { from: phone.lid, id, t: String(nowSeconds()), ...(type && { type }) }
    const key = `receipt ${id} ${type ?? ''}`
    const stanza = { tag: 'receipt', attrs, content: extra ?? list }
    queue(device, { kind: 'receipt', key, stanza, expectedNacks: 0, isHistory: false })
  }

  /** Encrypts for one companion; `addresses` are the attributes that say from whom. */
  const seal = async (
    device: Device,
    author: Phone,
    message: proto.IMessage,
    attrs: BinaryNode['attrs'],
  ): Promise<Pending> => {
    const bundle = async () => {
      const found = await directory.bundleOf(device.lid)
      if (!found) throw new Error(`${device.lid} is not linked any more`)
      return found
    }
    const sealed = await author.seal(device.lid, message, bundle)
    return {
      kind: 'message',
      key: `message ${author.number} ${attrs.id}`,
      stanza: { tag: 'message', attrs, content: [encNode(sealed)] },
      source: { author, message },
      expectedNacks: 0,
      isHistory: false,
    }
  }

  const linkedTo = (number: string): Device[] => {
    const devices = directory.devicesOf(number)
    if (devices.length === 0) throw new Error(`No companion is linked to ${number}`)
    return devices
  }

  /** The client could not read it: new session, same id. */
  const sealAgain = async (device: Device, key: string, receipt: BinaryNode) => {
    for (const pending of device.pending.get(key) ?? []) {
      if (!pending.source) continue
      const { author, message } = pending.source
      await author.forgetSession(device.lid)
      const again = await seal(device, author, message, pending.stanza.attrs)
      const count = getBinaryNodeChild(receipt, 'retry')?.attrs.count ?? '1'
      pending.stanza = withRetryCount(again.stanza, count)
      pending.expectedNacks++
      if (device.isOnline) send(device, pending, false)
      journal.note('resent', { device: device.pn, key, count })
    }
  }

  /** One envelope of a message that a companion sent. */
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
    const copy = content.deviceSentMessage
    const to = directory.numberOf(copy?.destinationJid ?? jid) ?? ''
    const { text, kind } = readContent(copy?.message ?? content)
    // What a companion tells its own phone about syncing is not a message anybody sees.
    if (kind === 'protocolMessage' && phone === device.owner) return journal.note('peer-message', { id })
    const from = device.owner.number
    const addressedTo = isLidJid(message.attrs.to ?? '') ? 'lid' : 'pn'
    const { shown, isNew } = mailbox.show(phone.number, {
      id,
      from,
      to,
      text,
      kind,
      addressedTo,
      writtenOn: 'companion',
    })
    journal.note(isNew ? 'shown' : 'repeated', { on: phone.number, id, from })
    if (copy || !settings.deliverAutomatically) return
    // A phone confirms a repeated id as well: its first receipt may have been lost.
    if (shown.status === 'sent') shown.status = 'delivered'
    queueReceipt(device, phone, [id], undefined)
  }

  /** "Waiting for this message" on the phone. */
  const askAgain = (device: Device, phone: Phone, message: BinaryNode, reason: string) => {
    const id = message.attrs.id ?? ''
    const count = (retries.get(`${phone.number} ${id}`) ?? 0) + 1
    journal.note('unreadable', { on: phone.number, id, count, reason })
    if (count > MAX_RETRIES) return
    retries.set(`${phone.number} ${id}`, count)
    const attrs = { id, count: String(count), t: message.attrs.t ?? String(nowSeconds()), v: '1' }
    queueReceipt(device, phone, [id], 'retry', [
      { tag: 'retry', attrs },
      { tag: 'registration', attrs: {}, content: phone.registration },
    ])
  }

  /** To another companion, of the same account or of another one. */
  const forward = (from: Device, { attrs }: BinaryNode, jid: string, enc: BinaryNode) => {
    const target = directory.deviceOf(jid)
    if (!target) return
    const isOwn = target.owner === from.owner
    const stanza: BinaryNode = {
      tag: 'message',
      attrs: {
        from: from.lid,
        sender_pn: from.owner.pn,
        id: attrs.id ?? '',
        type: attrs.type ?? 'text',
        t: String(nowSeconds()),
        ...(isOwn && { recipient: attrs.to ?? '' }),
      },
      content: [enc],
    }
    const key = `message ${from.owner.number} ${attrs.id}`
    queue(target, { kind: 'message', key, stanza, expectedNacks: 0, isHistory: false })
  }

  return {
    settings,
    isRestricted: (company: string) => isDue(463, company),

    /** @param code null takes the refusal back. */
    refuse(company: string, customer: string | undefined, code: number | null): void {
      const key = `${company} ${customer ?? '*'}`
      if (code === null) refusals.delete(key)
      else refusals.set(key, code)
    },

    /** All that the client has not confirmed, oldest first, then the history of a new companion. */
    flush(device: Device): void {
      const waiting = [...device.pending.values()].flat()
      const offline = waiting.filter(({ isHistory }) => !isHistory)
      for (const pending of offline) send(device, pending, true)
      const count = { tag: 'offline', attrs: { count: String(offline.length) } }
      device.connection?.send({ tag: 'ib', attrs: { from: 's.whatsapp.net' }, content: [count] })
      for (const pending of waiting) if (pending.isHistory) send(device, pending, false)
      device.isOnline = true
    },

    /** What the phone tells a new companion about its past; without it Baileys waits twenty seconds. */
    async queueHistory(device: Device, message: proto.IMessage): Promise<void> {
      const attrs = {
        from: device.owner.pn,
        id: generateMessageID(),
        t: String(nowSeconds()),
        type: 'text',
        category: 'peer',
      }
      queue(device, { ...(await seal(device, device.owner, message, attrs)), isHistory: true })
    },

    async acceptMessage(device: Device, message: BinaryNode): Promise<void> {
      const { id = '', to = '' } = message.attrs
      const company = device.owner.number
      const code = refusals.get(`${company} ${directory.numberOf(to)}`) ?? refusals.get(`${company} *`)
      const ack = { class: 'message', id, from: to, t: String(nowSeconds()) }
      device.connection?.send({ tag: 'ack', attrs: code ? { ...ack, error: String(code) } : ack })
      if (code) return journal.note('refused', { id, code, from: company })
      journal.counts.messagesOut++
      const envelopes = getBinaryNodeChildren(getBinaryNodeChild(message, 'participants'), 'to')
      for (const { attrs, content } of envelopes) {
        const enc = Array.isArray(content) ? content[0] : undefined
        if (enc) await deliver(device, message, attrs.jid ?? '', enc)
      }
      const direct = getBinaryNodeChild(message, 'enc')
      if (direct) await deliver(device, message, to, direct)
    },

    async acceptReceipt(device: Device, receipt: BinaryNode): Promise<void> {
      const { id = '', to = '', type = '' } = receipt.attrs
      const items = getBinaryNodeChildren(getBinaryNodeChild(receipt, 'list'), 'item')
      const from = directory.numberOf(to) ?? ''
      for (const each of [id, ...items.map(({ attrs }) => attrs.id ?? '')]) {
        const key = `message ${from} ${each}`
        if (type === 'retry') await sealAgain(device, key, receipt)
        else confirm(device, key, 'receipt')
        if (type !== 'read') continue
        for (const row of mailbox.sentRows({ to: device.owner.number, device: device.id, from, id: each })) {
          row.isRead = true
        }
        journal.note('read-by-companion', { id: each, from })
      }
      device.connection?.send({
        tag: 'ack',
        attrs: { class: 'receipt', id, from: to, ...(type && { type }) },
      })
    },

    acceptAck(device: Device, { attrs }: BinaryNode): void {
      const { id = '', to = '', type = '', class: kind } = attrs
      const sender = directory.numberOf(to)
      const key = kind === 'message' ? `message ${sender} ${id}` : `${kind} ${id} ${type}`
      const retried = device.pending.get(key)?.find(({ expectedNacks }) => expectedNacks > 0)
      if (attrs.error && retried) retried.expectedNacks--
      else confirm(device, key, attrs.error ? 'nack' : 'ack')
    },

    /** Encrypts all, then puts all on the wire at once. @returns the id of each, in order. */
    async say(items: Say[]): Promise<string[]> {
      const ready: { device: Device; pending: Pending }[] = []
      const ids: string[] = []
      for (const item of items) {
        const author = directory.personOf(item.from)
        if (item.name !== undefined) author.name = item.name
        const id = item.id ?? generateMessageID()
        ids.push(id)
        const [from, other] =
          item.addressing === 'pn'
            ? [author.pn, { sender_lid: author.lid }]
            : [author.lid, { sender_pn: author.pn }]
        const attrs = {
          from,
          ...(!item.hideOtherAddress && other),
          id,
          t: String(nowSeconds()),
          type: 'text',
          ...(author.name && { notify: author.name }),
        }
        for (const device of linkedTo(item.to)) {
          const pending = await seal(device, author, { conversation: item.text }, attrs)
          if (item.isDamaged) pending.stanza.content = damaged(pending.stanza)
          ready.push({ device, pending })
          mailbox.recordSent({ id, from: item.from, to: item.to, device: device.id, text: item.text })
        }
      }
      for (const { device, pending } of ready) queue(device, pending)
      journal.note('said', { count: items.length })
      return ids
    },

    /** The owner types on the phone: the customer sees it, and so do the companions. */
    async phoneSays({ phone, to, text, addressing, id = generateMessageID() }: PhoneSays): Promise<string> {
      const owner = directory.personOf(phone)
      const customer = directory.personOf(to)
      const addresses: BinaryNode['attrs'] =
        addressing === 'pn'
          ? { from: owner.pn, recipient: customer.pn, peer_recipient_lid: customer.lid }
          : { from: owner.lid, recipient: customer.lid, peer_recipient_pn: customer.pn }
      mailbox.show(to, {
        id,
        from: phone,
        to,
        text,
        kind: 'conversation',
        addressedTo: addressing ?? 'lid',
        writtenOn: 'phone',
      })
      for (const device of linkedTo(phone)) {
        const message = {
          deviceSentMessage: { destinationJid: addresses.recipient ?? '', message: { conversation: text } },
        }
        const attrs = { ...addresses, id, t: String(nowSeconds()), type: 'text' }
        mailbox.recordSent({ id, from: phone, to: phone, device: device.id, text })
        queue(device, await seal(device, owner, message, attrs))
      }
      journal.note('phone-said', { id, phone, to })
      return id
    },

    /** The customer's phone gets the messages, or the customer opens the chat. @returns the ids concerned. */
    confirmShown({ customer, type, ids, from }: ReceiptOrder): string[] {
      const phone = directory.personOf(customer)
      const due = mailbox
        .screenOf(customer)
        .filter((shown) => !ids || ids.includes(shown.id))
        .filter((shown) => !from || shown.from === from)
        .filter((shown) => ids || RANK[shown.status] < RANK[type])
      for (const shown of due) if (RANK[shown.status] < RANK[type]) shown.status = type
      for (const company of new Set(due.map((shown) => shown.from))) {
        const own = due.filter((shown) => shown.from === company).map(({ id }) => id)
        for (const device of directory.devicesOf(company)) {
          queueReceipt(device, phone, own, type === 'read' ? 'read' : undefined)
        }
      }
      return due.map(({ id }) => id)
    },
  }
}

function encNode({ type, ciphertext }: Sealed): BinaryNode {
  return { tag: 'enc', attrs: { v: '2', type }, content: ciphertext }
}

function readEnc({ attrs, content }: BinaryNode): Sealed | undefined {
  const { type } = attrs
  return (type === 'pkmsg' || type === 'msg') && content instanceof Uint8Array
    ? { type, ciphertext: content }
    : undefined
}

function withRetryCount(message: BinaryNode, count: string): BinaryNode {
  const enc = getBinaryNodeChild(message, 'enc')
  return enc ? { ...message, content: [{ ...enc, attrs: { ...enc.attrs, count } }] } : message
}

function damaged(message: BinaryNode): BinaryNode[] {
  const enc = getBinaryNodeChild(message, 'enc')
  return enc ? [{ ...enc, content: randomBytes(64) }] : []
}

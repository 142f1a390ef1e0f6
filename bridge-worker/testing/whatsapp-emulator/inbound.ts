/** From people to companions: what customers write, what the owner types on the phone, and what must be sent again. */
import { randomBytes } from 'node:crypto'
import {
  type BinaryNode,
  generateMessageID,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  proto,
} from '@whiskeysockets/baileys'
import type { Device, Directory, Pending } from './directory'
import { nowSeconds } from './identity'
import type { Journal } from './journal'
import type { Mailbox } from './mailbox'
import type { FileToSay, MediaHost } from './media'
import type { Phone } from './phone'
import type { Queue } from './queue'

type Addressing = 'lid' | 'pn'

export type Say = {
  /** The company's number. */
  to: string
  /** The customer's number. */
  from: string
  /** The name the customer has given to WhatsApp; kept for later messages. */
  name?: string | undefined
  text: string
  /** Instead of the text: a message's bytes as they are, base64. They need not be ones that anybody can read. */
  bytes?: string | undefined
  /** Instead of the text: a message as JSON, such as a place, a poll or a reaction. */
  message?: Record<string, unknown> | undefined
  /** Instead of the text: a file, which the phone encrypts and uploads. */
  file?: FileToSay | undefined
  /** Which of the customer's two addresses the message comes from; `lid` unless said. */
  addressing?: Addressing | undefined
  /** The other address is left out of the stanza, as for a customer who hides the number. */
  hideOtherAddress?: boolean | undefined
  id?: string | undefined
  /** The first copy is damaged, so that the companion must ask for it again. */
  isDamaged?: boolean | undefined
}

export type Call = {
  /** The company's number. */
  to: string
  /** The customer's number. */
  from: string
  video?: boolean | undefined
  outcome: 'missed' | 'rejected' | 'answered'
  /** How long it took, when it was answered. */
  seconds?: number | undefined
}

export type GroupSays = {
  /** The company's number, which is in the group. */
  to: string
  from: string
  group?: string | undefined
}

export type PhoneSays = {
  /** The company's number. */
  phone: string
  /** The customer's number. */
  to: string
  text: string
  file?: FileToSay | undefined
  addressing?: Addressing | undefined
  id?: string | undefined
}

export type Inbound = ReturnType<typeof openInbound>

export function openInbound(
  directory: Directory,
  journal: Journal,
  mailbox: Mailbox,
  queue: Queue,
  media: MediaHost,
) {
  /** Messages with a file, by id: the owner's phone has them too. */
  const files = new Map<string, proto.IMessage>()

  const seal = async (
    device: Device,
    author: Phone,
    message: proto.IMessage | Uint8Array,
    attrs: BinaryNode['attrs'],
  ): Promise<Pending> => {
    const { type, ciphertext } = await author.seal(device.lid, message, async () => {
      const bundle = await directory.bundleOf(device.lid)
      if (!bundle) throw new Error(`${device.lid} is not linked any more`)
      return bundle
    })
    return {
      kind: 'message',
      key: `message ${author.number} ${attrs.id}`,
      stanza: {
        tag: 'message',
        attrs: { ...attrs, t: String(nowSeconds()), type: 'text' },
        content: [{ tag: 'enc', attrs: { v: '2', type }, content: ciphertext }],
      },
      source: { author, message },
      expectedNacks: 0,
      isHistory: false,
    }
  }

  /** The client could not read it: new session, same id. */
  const sealAgain = async (device: Device, key: string, receipt: BinaryNode) => {
    const count = getBinaryNodeChild(receipt, 'retry')?.attrs.count ?? '1'
    for (const pending of device.pending.get(key) ?? []) {
      if (!pending.source) continue
      const { author, message } = pending.source
      await author.forgetSession(device.lid)
      const { stanza } = await seal(device, author, message, pending.stanza.attrs)
      pending.stanza = withEnc(stanza, (enc) => ({ ...enc, attrs: { ...enc.attrs, count } }))
      queue.sendAgain(device, pending)
      journal.note('resent', { phone: device.owner.number, key, count })
    }
  }

  /** The client asks its own phone for a file whose link has died. */
  const renewFile = (device: Device, { attrs, content }: BinaryNode) => {
    const id = attrs.id ?? ''
    const children = Array.isArray(content) ? content : []
    const about = children.find(({ tag }) => tag === 'rmr')
    const message = files.get(id)
    const renewed = message && media.renew(message, id)
    journal.note('file-renewed', { id, found: renewed !== undefined })
    const encrypted: BinaryNode = {
      tag: 'encrypt',
      attrs: {},
      content: [
        { tag: 'enc_p', attrs: {}, content: renewed?.ciphertext ?? Buffer.alloc(0) },
        { tag: 'enc_iv', attrs: {}, content: renewed?.iv ?? Buffer.alloc(0) },
      ],
    }
    const gone: BinaryNode = { tag: 'error', attrs: { code: '2' } }
    device.connection?.send({ tag: 'ack', attrs: { class: 'receipt', id, type: 'server-error' } })
    device.connection?.send({
      tag: 'notification',
      attrs: { id, type: 'mediaretry', from: device.owner.pn, t: String(nowSeconds()) },
      content: [...(about ? [about] : []), renewed ? encrypted : gone],
    })
  }

  return {
    /** Encrypts all, then puts all on the wire at once. @returns the id of each, in order. */
    async say(items: Say[]): Promise<string[]> {
      const ready: { device: Device; pending: Pending }[] = []
      const ids: string[] = []
      for (const item of items) {
        const author = directory.personOf(item.from)
        if (item.name !== undefined) author.name = item.name
        const id = item.id ?? generateMessageID()
        ids.push(id)
        const isByNumber = item.addressing === 'pn'
        const other = isByNumber ? { sender_lid: author.lid } : { sender_pn: author.pn }
        const attrs = {
          from: isByNumber ? author.pn : author.lid,
          ...(!item.hideOtherAddress && other),
          id,
          ...(author.name && { notify: author.name }),
        }
        const message = await messageOf(item, media)
        if (item.file && !(message instanceof Uint8Array)) files.set(id, message)
        for (const device of directory.linkedTo(item.to)) {
          const pending = await seal(device, author, message, attrs)
          if (item.isDamaged) pending.stanza = withEnc(pending.stanza, damage)
          ready.push({ device, pending })
          mailbox.recordSent({ id, from: item.from, to: item.to, device: device.id, text: item.text })
        }
      }
      for (const { device, pending } of ready) queue.add(device, pending)
      for (const device of new Set(ready.map((each) => each.device))) queue.warnOfFewKeys(device)
      journal.note('said', { count: items.length })
      return ids
    },

    /** The owner types on the phone: the customer sees it, and so do the companions. @returns the id. */
    async phoneSays({ phone, to, text, file, addressing = 'lid', id = generateMessageID() }: PhoneSays) {
      const owner = directory.personOf(phone)
      const customer = directory.personOf(to)
      const isByNumber = addressing === 'pn'
      const recipient = isByNumber ? customer.pn : customer.lid
      const other = isByNumber ? { peer_recipient_lid: customer.lid } : { peer_recipient_pn: customer.pn }
      const attrs = { from: isByNumber ? owner.pn : owner.lid, recipient, ...other, id }
      const said = file ? await media.pack(file) : { conversation: text }
      const message = { deviceSentMessage: { destinationJid: recipient, message: said } }
      const content = { text, kind: 'conversation' }
      mailbox.show(to, { id, from: phone, to, ...content, addressedTo: addressing, writtenOn: 'phone' })
      for (const device of directory.linkedTo(phone)) {
        mailbox.recordSent({ id, from: phone, to: phone, device: device.id, text })
        queue.add(device, await seal(device, owner, message, attrs))
      }
      journal.note('phone-said', { id, phone, to })
      return id
    },

    /** The customer calls; the company's phone rings, and its companions hear of it. @returns the id of the call. */
    call({ to, from, video = false, outcome, seconds = 0 }: Call): string {
      const caller = directory.personOf(from)
      const callId = generateMessageID()
      const t = nowSeconds()
      const tell = (tag: string, more: BinaryNode['attrs'], at: number) => {
        const part = {
          tag,
          attrs: { 'call-id': callId, 'call-creator': caller.lid, caller_pn: caller.pn, ...more },
          content: tag === 'offer' && video ? [{ tag: 'video', attrs: {} }] : [],
        }
        const attrs = { from: caller.lid, id: generateMessageID(), t: String(at), notify: caller.name ?? '' }
        for (const { connection } of directory.linkedTo(to))
          connection?.send({ tag: 'call', attrs, content: [part] })
      }
      tell('offer', {}, t)
      if (outcome === 'answered') tell('accept', {}, t)
      if (outcome === 'rejected') tell('reject', {}, t)
      else tell('terminate', outcome === 'missed' ? { reason: 'timeout' } : {}, t + seconds)
      journal.note('called', { id: callId, from, to })
      return callId
    },

    /** Somebody writes in a group. Whoever ignores groups never opens it, so nobody can. @returns the id. */
    groupSays({ to, from, group = '120363000000000001' }: GroupSays): string {
      const author = directory.personOf(from)
      const id = generateMessageID()
      const attrs = {
        from: `${group}@g.us`,
        participant: author.lid,
        id,
        t: String(nowSeconds()),
        type: 'text',
      }
      for (const device of directory.linkedTo(to)) {
        const enc = { tag: 'enc', attrs: { v: '2', type: 'skmsg' }, content: randomBytes(64) }
        const stanza: BinaryNode = { tag: 'message', attrs, content: [enc] }
        queue.add(device, {
          kind: 'message',
          key: `message ${group} ${id}`,
          stanza,
          expectedNacks: 0,
          isHistory: false,
        })
      }
      return id
    },

    /** What the phone tells a new companion about its past; without it Baileys waits twenty seconds. */
    async addHistory(device: Device, message: proto.IMessage): Promise<void> {
      const attrs = { from: device.owner.pn, id: generateMessageID(), category: 'peer' }
      queue.add(device, { ...(await seal(device, device.owner, message, attrs)), isHistory: true })
    },

    /** The client's `receipt`: it has the message, has shown it, or cannot read it. */
    async acceptReceipt(device: Device, receipt: BinaryNode): Promise<void> {
      const { id = '', to = '', type = '' } = receipt.attrs
      const items = getBinaryNodeChildren(getBinaryNodeChild(receipt, 'list'), 'item')
      const from = directory.numberOf(to) ?? ''
      for (const each of [id, ...items.map(({ attrs }) => attrs.id ?? '')]) {
        const key = `message ${from} ${each}`
        if (type === 'server-error') return renewFile(device, receipt)
        if (type === 'retry') await sealAgain(device, key, receipt)
        else queue.confirm(device, key, 'receipt')
        if (type !== 'read') continue
        const row = { to: device.owner.number, device: device.id, from, id: each }
        for (const sent of mailbox.sentRows(row)) sent.isRead = true
        journal.note('read-by-companion', { id: each, from })
      }
      device.connection?.send({
        tag: 'ack',
        attrs: { class: 'receipt', id, from: to, ...(type && { type }) },
      })
    },
  }
}

async function messageOf(item: Say, media: MediaHost): Promise<proto.IMessage | Uint8Array> {
  if (item.file) return media.pack(item.file)
  if (item.message) return proto.Message.fromObject(item.message)
  return item.bytes === undefined ? { conversation: item.text } : Buffer.from(item.bytes, 'base64')
}

function withEnc(message: BinaryNode, change: (enc: BinaryNode) => BinaryNode): BinaryNode {
  const enc = getBinaryNodeChild(message, 'enc')
  return enc ? { ...message, content: [change(enc)] } : message
}

function damage(enc: BinaryNode): BinaryNode {
  return { ...enc, content: randomBytes(64) }
}

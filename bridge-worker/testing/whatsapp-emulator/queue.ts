/** What goes to companions: kept until the client confirms it, and delivered again at every login before that. */
import { type BinaryNode, generateMessageID, S_WHATSAPP_NET } from '@whiskeysockets/baileys'
import type { Device, Directory, Pending } from './directory'
import { nowSeconds } from './identity'
import type { Journal } from './journal'
import type { Mailbox, SentMessage } from './mailbox'
import type { Phone } from './phone'

/** Baileys uploads more one-time keys when told that fewer than this are left. */
const FEW_KEYS = 5

export type Queue = ReturnType<typeof openQueue>

export function openQueue(directory: Directory, journal: Journal, mailbox: Mailbox) {
  const rowsOf = (device: Device, { attrs }: BinaryNode): SentMessage[] => {
    const from = directory.numberOf(attrs.from ?? '') ?? ''
    return mailbox.sentRows({ to: device.owner.number, device: device.id, from, id: attrs.id ?? '' })
  }

  const send = (device: Device, { kind, stanza }: Pending, isOffline = false) => {
    device.connection?.send(isOffline ? { ...stanza, attrs: { ...stanza.attrs, offline: '1' } } : stanza)
    if (kind !== 'message') return
    journal.counts.messagesIn++
    for (const row of rowsOf(device, stanza)) row.deliveries++
  }

  const add = (device: Device, pending: Pending) => {
    device.pending.set(pending.key, [...(device.pending.get(pending.key) ?? []), pending])
    if (device.isOnline) send(device, pending)
  }

  const confirm = (device: Device, key: string, by: 'receipt' | 'ack' | 'nack') => {
    const confirmed = device.pending.get(key)
    if (!confirmed) return
    device.pending.delete(key)
    for (const { stanza } of confirmed) for (const row of rowsOf(device, stanza)) row.acknowledgedBy ??= by
    journal.note('confirmed', { phone: device.owner.number, key, by })
  }

  return {
    add,
    confirm,

    /** Once more at once, after the client asked for it; its refusal of the bad copy is still to come. */
    sendAgain(device: Device, pending: Pending): void {
      pending.expectedNacks++
      if (device.isOnline) send(device, pending)
    },

    /** From a phone: `undefined` is delivered. Several ids travel in one receipt, as on the real server. */
    addReceipt(
      device: Device,
      phone: Phone,
      ids: string[],
      type: 'read' | 'retry' | undefined,
      content?: BinaryNode[],
    ): void {
      const [id, ...others] = ids
      if (id === undefined) return
      const items = others.map((other) => ({ tag: 'item', attrs: { id: other } }))
      const list: BinaryNode[] = items.length ? [{ tag: 'list', attrs: {}, content: items }] : []
      const attrs = { from: phone.lid, id, t: String(nowSeconds()), ...(type && { type }) }
      add(device, {
        kind: 'receipt',
        key: `receipt ${id} ${type ?? ''}`,
        stanza: { tag: 'receipt', attrs, content: content ?? list },
        expectedNacks: 0,
        isHistory: false,
      })
    },

    /** All that the client has not confirmed, oldest first, then the history of a new companion. */
    flush(device: Device): void {
      const waiting = [...device.pending.values()].flat()
      const offline = waiting.filter(({ isHistory }) => !isHistory)
      for (const pending of waiting) pending.expectedNacks = 0
      for (const pending of offline) send(device, pending, true)
      const count = { tag: 'offline', attrs: { count: String(offline.length) } }
      device.connection?.send({ tag: 'ib', attrs: { from: S_WHATSAPP_NET }, content: [count] })
      for (const pending of waiting) if (pending.isHistory) send(device, pending)
      device.isOnline = true
    },

    /** The client's `ack`. One with an error also ends the matter, except for a copy that has been sent again. */
    acceptAck(device: Device, { attrs }: BinaryNode): void {
      const { id = '', to = '', type = '', class: kind } = attrs
      const sender = directory.numberOf(to)
      const key = kind === 'message' ? `message ${sender} ${id}` : `${kind} ${id} ${type}`
      const retried = device.pending.get(key)?.find(({ expectedNacks }) => expectedNacks > 0)
      if (attrs.error && retried) retried.expectedNacks--
      else confirm(device, key, attrs.error ? 'nack' : 'ack')
    },

    warnOfFewKeys(device: Device): void {
      if (!device.isOnline || device.oneTimeKeys.length >= FEW_KEYS) return
      const count = { tag: 'count', attrs: { value: String(device.oneTimeKeys.length) } }
      const attrs = {
        from: S_WHATSAPP_NET,
        type: 'encrypt',
        id: generateMessageID(),
        t: String(nowSeconds()),
      }
      device.connection?.send({ tag: 'notification', attrs, content: [count] })
    },
  }
}

/** What people see: the screen of each phone, and the ledger of all that was sent to companions. */
import type { proto } from '@whiskeysockets/baileys'
import type { OpenedFile } from './media'

export type Status = 'sent' | 'delivered' | 'read'

/** A message as a phone shows it. On the owner's own phone it is one that a companion sent. */
export type ShownMessage = {
  id: string
  /** Number of the company that wrote. */
  from: string
  /** Number of the customer it was written to. */
  to: string
  /** null for what is not text; `kind` then says what it is. */
  text: string | null
  kind: string
  file?: OpenedFile | undefined
  /** The id of the message that this one answers, reacts to, edits or deletes. */
  about?: string | undefined
  at: string
  status: Status
  /** How often the same id came again; a phone shows it once. */
  repeats: number
  addressedTo: 'lid' | 'pn'
  writtenOn: 'companion' | 'phone'
}

/** A message sent to a companion: by a customer, or typed by the owner on the phone. */
export type SentMessage = {
  id: string
  from: string
  to: string
  device: number
  text: string
  at: string
  /** How often it went over the wire; more than once after a lost connection or a retry. */
  deliveries: number
  /** What made the server forget it; null while it would deliver it again. */
  acknowledgedBy: 'receipt' | 'ack' | 'nack' | null
  /** The companion's agent has opened the chat: blue ticks on the customer's phone. */
  isRead: boolean
}

export type Mailbox = ReturnType<typeof openMailbox>

export function openMailbox() {
  const screens = new Map<string, Map<string, ShownMessage>>()
  const sent: SentMessage[] = []
  const sentByKey = new Map<string, SentMessage[]>()
  const keyOf = (row: Pick<SentMessage, 'to' | 'device' | 'from' | 'id'>) =>
    `${row.to}:${row.device} ${row.from} ${row.id}`

  return {
    sent,

    screenOf: (number: string): ShownMessage[] => [...(screens.get(number)?.values() ?? [])],

    /** @returns the row on the screen and whether it is new; a repeated id is counted and dropped. */
    show(number: string, message: Omit<ShownMessage, 'at' | 'status' | 'repeats'>) {
      const screen = screens.get(number) ?? new Map<string, ShownMessage>()
      screens.set(number, screen)
      const key = `${message.from} ${message.id}`
      const known = screen.get(key)
      if (known) {
        known.repeats++
        return { shown: known, isNew: false }
      }
      const shown: ShownMessage = { ...message, at: new Date().toISOString(), status: 'sent', repeats: 0 }
      screen.set(key, shown)
      return { shown, isNew: true }
    },

    recordSent(row: Omit<SentMessage, 'at' | 'deliveries' | 'acknowledgedBy' | 'isRead'>): void {
      const full = {
        ...row,
        at: new Date().toISOString(),
        deliveries: 0,
        acknowledgedBy: null,
        isRead: false,
      }
      sent.push(full)
      sentByKey.set(keyOf(row), [...(sentByKey.get(keyOf(row)) ?? []), full])
    },

    sentRows: (row: Pick<SentMessage, 'to' | 'device' | 'from' | 'id'>): SentMessage[] =>
      sentByKey.get(keyOf(row)) ?? [],
  }
}

/** Which other message this one is about. */
export function aboutOf(message: proto.IMessage): { about?: string } {
  const parts = Object.values(message).filter((part) => part !== null && typeof part === 'object')
  const quoted = parts.find((part) => 'contextInfo' in part)?.contextInfo?.stanzaId
  const about = message.reactionMessage?.key?.id ?? message.protocolMessage?.key?.id ?? quoted
  return about ? { about } : {}
}

/** The words of a message, and the name of its kind. */
export function readContent(message: proto.IMessage): { text: string | null; kind: string } {
  const kind = Object.keys(message).find((key) => key !== 'messageContextInfo') ?? 'empty'
  const text = message.conversation || message.extendedTextMessage?.text || message.imageMessage?.caption
  return { text: text || null, kind }
}

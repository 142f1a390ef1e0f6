import { type BinaryNode, type Contact, getBinaryNodeChildren } from '@whiskeysockets/baileys'
import type { SendResult } from '@/server/channels/schema'
import { contactFrom, isOwnAddress, orderKeyOf } from './addresses'
import type { BridgePayload } from './inbound'

type Receipt = Extract<BridgePayload, { kind: 'receipt' }>

/** `inactive`: delivered to a phone on which WhatsApp is not open. */
const STATUS_OF: Record<string, Receipt['status'] | undefined> = {
  '': 'delivered',
  inactive: 'delivered',
  read: 'read',
  played: 'read',
}

const secondsOf = (t: string | undefined) => {
  const seconds = Number(t)
  return Number.isSafeInteger(seconds) && seconds > 0 ? seconds : Math.floor(Date.now() / 1000)
}

/**
 * What a `receipt` stanza says about messages of ours.
 * @returns null for what our own other devices have read, for groups, and for requests to send again.
 */
export function readReceipt(
  { attrs, content }: BinaryNode,
  me: Contact | undefined,
): { orderKey: string; payload: Receipt } | null {
  const status = STATUS_OF[attrs.type ?? '']
  const contact = contactFrom([attrs.from])
  if (!status || attrs.recipient || isOwnAddress(attrs.from, me) || (!contact.lid && !contact.phone))
    return null
  const list = Array.isArray(content) ? content[0] : undefined
  const ids = [attrs.id, ...getBinaryNodeChildren(list, 'item').map((item) => item.attrs.id)]
  return {
    orderKey: orderKeyOf(contact),
    payload: {
      v: 1,
      kind: 'receipt',
      ids: ids.filter((id) => id !== undefined),
      status,
      code: null,
      t: secondsOf(attrs.t),
    },
  }
}

/** What the server says about a message that we sent, when nobody waits for it any more. */
export function readLateAck(
  { attrs }: BinaryNode,
  me: Contact | undefined,
): { orderKey: string; payload: Receipt } | null {
  const contact = contactFrom([attrs.from])
  if (!attrs.id || isOwnAddress(attrs.from, me) || (!contact.lid && !contact.phone)) return null
  return {
    orderKey: orderKeyOf(contact),
    payload: {
      v: 1,
      kind: 'receipt',
      ids: [attrs.id],
      status: attrs.error ? 'failed' : 'sent',
      code: attrs.error ?? null,
      t: secondsOf(attrs.t),
    },
  }
}

/** 463: a restricted account may not start chats, and insisting makes it worse. 479: the address is wrong. */
const FINAL_REFUSALS = ['463', '479']
const TOO_MANY = '429'

/** The server's `ack` of one message -> what became of it. */
function readAck({ attrs }: BinaryNode, externalId: string): SendResult {
  const code = attrs.error
  if (!code) return { ok: true, externalId }
  return {
    ok: false,
    failure: code === TOO_MANY ? 'rate-limited' : 'rejected',
    code,
    retryable: !FINAL_REFUSALS.includes(code),
  }
}

const offline = (code: string): SendResult => ({ ok: false, failure: 'offline', code, retryable: true })

/** Sends that wait for the server's word, by message id. */
export function makeWaitingSends() {
  const waiting = new Map<string, (result: SendResult) => void>()
  return {
    /** Begin before the message goes out: the answer may be faster than the call that sends. */
    expect(externalId: string) {
      const answered = new Promise<SendResult>((resolve) => waiting.set(externalId, resolve))
      return {
        /** Without an answer it is sent again later, under the same id. */
        async within(milliseconds: number): Promise<SendResult> {
          const timer = setTimeout(() => waiting.get(externalId)?.(offline('no-answer')), milliseconds)
          try {
            return await answered
          } finally {
            clearTimeout(timer)
            waiting.delete(externalId)
          }
        },
        forget: () => waiting.delete(externalId),
      }
    },
    /** @returns false when nobody waits for this message. */
    settle(ack: BinaryNode): boolean {
      const id = ack.attrs.id ?? ''
      const resolve = waiting.get(id)
      resolve?.(readAck(ack, id))
      return resolve !== undefined
    },
    /** The connection is gone. */
    giveUp(): void {
      for (const resolve of waiting.values()) resolve(offline('disconnected'))
    },
  }
}

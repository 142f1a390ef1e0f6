import { type BinaryNode, type Contact, getBinaryNodeChild } from '@whiskeysockets/baileys'
import type { MessageContent } from '@/server/channels/schema'
import { contactFrom, isOwnAddress } from './addresses'
import type { BridgeContact, BridgePayload } from './inbound'

export type CallPayload = Extract<BridgePayload, { content: unknown }>
type Outcome = Extract<MessageContent, { kind: 'call' }>['outcome']

type Ringing = {
  contact: BridgeContact
  name: string | null
  video: boolean
  /** The provider's clock, seconds. */
  t: number
  offline: boolean
  acceptedAt: number | null
  timer: NodeJS.Timeout
}

/** A phone rings for less than a minute, but a call that was taken goes on and tells its end. */
const FORGOTTEN_MS = 90_000
/** A stranger may ring as often as he likes. */
const AT_ONCE = 100

/** What the end of a call says became of it. */
const BY_REASON: Record<string, Outcome> = {
  timeout: 'missed',
  accepted_elsewhere: 'answered',
  rejected_elsewhere: 'rejected',
}

/**
 * Customers' calls: several stanzas each, of which one message is made at the end. They ring on the company's phone;
 * here nobody can take them.
 * @param tell called once for each call; `unknown` when its end was never heard of.
 */
export function makeCalls(me: () => Contact | undefined, tell: (payload: CallPayload) => void) {
  const ringing = new Map<string, Ringing>()

  const finish = (id: string, outcome: Outcome, seconds: number | null) => {
    const call = ringing.get(id)
    if (!call) return
    ringing.delete(id)
    clearTimeout(call.timer)
    const { contact, name, video, t, offline } = call
    const content = { kind: 'call' as const, video, outcome, seconds }
    tell({ v: 1, kind: 'message', id: `call-${id}`, contact, name, t, offline, content, quote: null })
  }

  const offered = (id: string, { attrs }: BinaryNode, part: BinaryNode) => {
    const creator = part.attrs['call-creator']
    const isGroup = part.attrs.type === 'group' || part.attrs['group-jid'] !== undefined
    const contact = contactFrom([attrs.from, creator, part.attrs.caller_pn])
    const isOurs = isOwnAddress(attrs.from, me()) || isOwnAddress(creator, me())
    if (isGroup || isOurs || (!contact.lid && !contact.phone) || ringing.size >= AT_ONCE) return
    ringing.set(id, {
      contact,
      name: attrs.notify?.slice(0, 200) || null,
      video: getBinaryNodeChild(part, 'video') !== undefined,
      t: secondsOf(attrs.t),
      offline: attrs.offline !== undefined,
      acceptedAt: null,
      timer: setTimeout(() => {
        if (ringing.get(id)?.acceptedAt === null) finish(id, 'unknown', null)
      }, FORGOTTEN_MS).unref(),
    })
  }

  const terminated = (id: string, { attrs }: BinaryNode, part: BinaryNode) => {
    const acceptedAt = ringing.get(id)?.acceptedAt ?? null
    if (acceptedAt === null) return finish(id, BY_REASON[part.attrs.reason ?? ''] ?? 'missed', null)
    const told = Number(part.attrs.duration ?? Number.NaN)
    const seconds = Number.isSafeInteger(told) && told >= 0 ? told : secondsOf(attrs.t) - acceptedAt
    finish(id, 'answered', Math.max(0, seconds))
  }

  return {
    /** A `call` stanza of the server. */
    take(stanza: BinaryNode): void {
      const part = Array.isArray(stanza.content) ? stanza.content[0] : undefined
      const id = part?.attrs['call-id']
      if (!part || !id || id.length > 100) return
      const known = ringing.get(id)
      if (part.tag === 'offer' || part.tag === 'offer_notice') {
        if (!known) offered(id, stanza, part)
      } else if (part.tag === 'accept') {
        if (known) known.acceptedAt ??= secondsOf(stanza.attrs.t)
      } else if (part.tag === 'reject') finish(id, 'rejected', null)
      else if (part.tag === 'terminate') terminated(id, stanza, part)
    },
    /** The connection ends: nobody will hear how the open ones go on. */
    stop(): void {
      for (const id of [...ringing.keys()]) finish(id, 'unknown', null)
    },
  }
}

function secondsOf(t: string | undefined): number {
  const seconds = Number(t)
  return Number.isSafeInteger(seconds) && seconds > 0 ? seconds : Math.floor(Date.now() / 1000)
}

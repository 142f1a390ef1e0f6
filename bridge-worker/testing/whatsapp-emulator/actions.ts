/** What a test, or a person at a demo, can make people and the network do, and what can be looked at. */
import type { Directory } from './directory'
import { jidOf, lidUserOf } from './identity'
import type { Call, GroupSays, Inbound, PhoneSays, Say } from './inbound'
import type { EmulatorEvent, Journal } from './journal'
import type { Mailbox, SentMessage, ShownMessage } from './mailbox'
import type { MediaHost } from './media'
import type { Outbound, ReceiptOrder } from './outbound'
import type { Pairing, ScanResult } from './pairing'
import type { Sessions } from './session'

const DEFAULT_WAIT_MS = 10_000

type Wait = { timeoutMs?: number | undefined } & (
  | { what: 'online' | 'offline'; phone: string }
  /** Nothing is left that the client has not confirmed. */
  | { what: 'acknowledged'; phone?: string | undefined }
  /** The customer's phone shows so many messages. */
  | { what: 'inbox'; customer: string; count: number }
  /** Something of that name has happened (after that sequence number). */
  | { what: 'event'; name: string; after?: number | undefined }
)

type Parts = {
  directory: Directory
  journal: Journal
  mailbox: Mailbox
  pairing: Pairing
  inbound: Inbound
  outbound: Outbound
  media: MediaHost
  sessions: Sessions
}

export type EmulatorActions = ReturnType<typeof makeActions>

export function makeActions(parts: Parts) {
  const { directory, journal, mailbox, pairing, inbound, outbound, media, sessions } = parts
  const connectionsOf = (phone: string) =>
    directory.linkedTo(phone).flatMap(({ connection }) => (connection ? [connection] : []))

  const isSo = (wish: Wait): boolean => {
    switch (wish.what) {
      case 'online':
        return directory.devicesOf(wish.phone).some(({ isOnline }) => isOnline)
      case 'offline':
        return directory.devicesOf(wish.phone).every(({ connection }) => connection === undefined)
      case 'acknowledged': {
        const devices = wish.phone ? directory.devicesOf(wish.phone) : directory.allDevices()
        return devices.every(({ pending }) => pending.size === 0)
      }
      case 'inbox':
        return mailbox.screenOf(wish.customer).length >= wish.count
      case 'event':
        return journal.events.some(({ seq, what }) => what === wish.name && seq > (wish.after ?? 0))
      default:
        return wish satisfies never
    }
  }

  return {
    /** The phone with this number is held before the text of a QR. */
    scan({ qr, phone }: { qr: string; phone: string }): ScanResult {
      return pairing.scan(qr, phone)
    },
    /** On: the first scan is answered by `companion_reg_refresh` and only a new adv secret is accepted. */
    regRefresh({ on }: { on: boolean }): void {
      pairing.settings.mustRefreshRegistration = on
    },
    /** All refs on all screens die. */
    expireRefs(): void {
      pairing.expireRefs()
    },

    /** Customers write to a company. A batch is encrypted first, then sent all at once. @returns the ids. */
    say(items: Say | Say[]): Promise<string[]> {
      return inbound.say(Array.isArray(items) ? items : [items])
    },
    /** The owner writes to a customer on the phone. @returns the id. */
    phoneSays(order: PhoneSays): Promise<string> {
      return inbound.phoneSays(order)
    },
    /** The customer calls. @returns the id of the call. */
    call(order: Call): string {
      return inbound.call(order)
    },
    /** Somebody writes in a group that the company is in. Only for who ignores groups: it cannot be opened. */
    groupSays(order: GroupSays): string {
      return inbound.groupSays(order)
    },
    /** @returns the ids that are delivered or read now. */
    receipt(order: ReceiptOrder): string[] {
      return outbound.sendReceipts(order)
    },
    /** Off: phones show messages but send no receipts by themselves. */
    autoDeliver({ on }: { on: boolean }): void {
      outbound.settings.deliverAutomatically = on
    },
    /** The server refuses what the company writes (463 restricted, 479 bad addressing); code null ends it. */
    refuse(order: { phone: string; customer?: string | undefined; code: number | null }): void {
      outbound.refuse(order.phone, order.customer, order.code)
    },
    /** The customer's phone loses its keys to the company: the next message must be asked for again. */
    async forgetSessions({ customer, phone }: { customer: string; phone: string }): Promise<void> {
      const person = directory.personOf(customer)
      for (const device of directory.linkedTo(phone)) await person.forgetSession(device.lid)
    },
    /** Every number has WhatsApp unless said otherwise here. */
    setOnWhatsApp({ number, on }: { number: string; on: boolean }): void {
      directory.setOnWhatsApp(number, on)
    },

    /** The links of all files die. The owner's phone still has what customers sent, and uploads it again when asked. */
    expireFiles(): void {
      media.expire()
    },
    /** On: downloads break in the middle. */
    cutFiles({ on }: { on: boolean }): void {
      media.settings.isCutOff = on
    },

    /** The network breaks. */
    drop({ phone }: { phone: string }): void {
      for (const connection of connectionsOf(phone)) connection.terminate()
    },
    /** The link is dead but looks open. */
    mute({ phone }: { phone: string }): void {
      for (const connection of connectionsOf(phone)) connection.mute()
    },
    /** The server still speaks but hears nothing more: receipts of what it delivers are lost. */
    deafen({ phone }: { phone: string }): void {
      for (const connection of connectionsOf(phone)) connection.deafen()
    },
    /** The owner removes the companions on the phone. */
    logout({ phone }: { phone: string }): void {
      for (const device of directory.linkedTo(phone)) sessions.remove(device)
    },
    /** Ends the stream of a number with a code; with `nextLogins`, refuses so many coming ones (anybody's without `phone`). */
    fail(order: { code: number; phone?: string | undefined; nextLogins?: number | undefined }): void {
      const { code, phone, nextLogins } = order
      if (nextLogins !== undefined) sessions.failNext(code, phone, nextLogins)
      else if (!phone) throw new Error('Say which phone, or how many of the next logins')
      else for (const connection of connectionsOf(phone)) sessions.end(connection, code)
    },
    /** Any stanza at all to the companions, to see what they make of it. */
    stanza(order: {
      phone: string
      tag: string
      attrs: Record<string, string>
      text?: string | undefined
    }): void {
      const { phone, tag, attrs, text } = order
      const stanza = { tag, attrs, ...(text !== undefined && { content: Buffer.from(text) }) }
      for (const connection of connectionsOf(phone)) connection.send(stanza)
    },

    /** What a phone shows: a customer's, or (what companions sent) the owner's. */
    inbox({ customer }: { customer: string }): ShownMessage[] {
      return mailbox.screenOf(customer)
    },
    /** All that was sent to companions, and whether they confirmed it. */
    sent({ phone }: { phone?: string | undefined } = {}): SentMessage[] {
      return mailbox.sent.filter(({ to }) => !phone || to === phone)
    },
    /** `unknown`: what the client asked and nobody could answer, by name. */
    stats() {
      const devices = directory.allDevices()
      return {
        ...journal.counts,
        unknown: { ...journal.unknown },
        pending: devices.reduce((sum, { pending }) => sum + pending.size, 0),
        online: devices.filter(({ isOnline }) => isOnline).map(({ pn }) => pn),
        seq: journal.seq,
      }
    },
    events({ after = 0 }: { after?: number | undefined } = {}): EmulatorEvent[] {
      return journal.events.filter(({ seq }) => seq > after)
    },
    addresses({ number }: { number: string }): { pn: string; lid: string } {
      return { pn: jidOf(number, 's.whatsapp.net'), lid: jidOf(lidUserOf(number), 'lid') }
    },
    /** Rejects after `timeoutMs` (10 s unless said). @returns the milliseconds waited. */
    async wait(wish: Wait): Promise<number> {
      const start = performance.now()
      await journal.until(JSON.stringify(wish), () => isSo(wish), wish.timeoutMs ?? DEFAULT_WAIT_MS)
      return Math.round(performance.now() - start)
    },
  }
}

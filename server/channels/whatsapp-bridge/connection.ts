import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import {
  type AnyMessageContent,
  type BinaryNode,
  getBinaryNodeChildren,
  isJidBroadcast,
  isJidGroup,
  isJidNewsletter,
  jidNormalizedUser,
  makeWASocket,
  type WAMessage,
} from '@whiskeysockets/baileys'
import type { ActionTarget, OutgoingMessage, SendResult } from '@/server/channels/schema'
import { MediaGone, type SessionHost } from '@/server/channels/session'
import { log } from '@/server/kernel/log'
import { orderKeyOf, recipientJid, withKnownAddress, writtenNumber } from './addresses'
import type { BridgeAuth } from './auth-state'
import { type CallPayload, makeCalls } from './calls'
import type { BridgePayload } from './inbound'
import { BEHIND_OFFLINE, journaledSignal } from './journaled-signal'
import { makeLimits } from './limits'
import { localAgent, type MediaSource, messageToRenew } from './media'
import { type Action, actionOf, externalIdFor, messageOf, quotedIn } from './outbound'
import { makePairingCodes, type ShownCode } from './pairing'
import { makeProbe, type ProbeSettings } from './probe'
import { makeWaitingSends, readLateAck, readReceipt } from './receipts'
import type { Ending } from './reconnect'
import { readResent } from './resent'
import { makeSentMessages } from './sent-messages'
import type { Telling } from './telling'

export type BridgeSettings = {
  /** Another server than WhatsApp's. */
  webSocketUrl: string | undefined
  /** For so long a send waits for the server's word. */
  answerWithinMs: number
  /** When a link that only looks connected is asked. */
  probe: ProbeSettings
  /** From 0 up to but not including 1; spreads what all sessions do at once. */
  chance: () => number
}

export type Connection = {
  send: (message: OutgoingMessage, externalId: string | null) => Promise<SendResult>
  act: (target: ActionTarget, action: Action) => Promise<SendResult>
  /** Our own phone uploads a file again. @returns its new path. @throws MediaGone when the phone has lost it. */
  renewMedia: (source: MediaSource) => Promise<string>
  end: () => Promise<void>
  /** Whether it ended because another channel of the company has this number. */
  isTaken: () => boolean
  /** Whether it ended because a round trip was not answered. */
  wasSilent: () => boolean
  /** Nothing of it runs any more, and all that it wrote is stored. */
  ended: Promise<Ending>
}

/** "Your account has been restricted": it may not start chats. */
const RESTRICTED = '463'
/** As the phone lists it under linked devices: Google Chrome (iKono Chat). */
const DEVICE: [string, string, string] = ['iKono Chat', 'Chrome', '22.04.4']
const QUERY_MS = 20_000
/** After so long connected, earlier failures are forgotten. */
const STEADY_MS = 30_000
/** A phone that does not answer by then may be off; it is asked again. */
const RENEW_MS = 20_000
/** The phone has deleted the message. */
const GONE = 404
/** A peer that does not answer the closing of the socket is not waited for. */
const CLOSE_MS = 1_000
/** Baileys' words for the end of a round of codes; the code 408 alone is also a lost link. */
const CODES_USED_UP = 'QR refs attempts ended'

/** Chats that are no conversation with a customer are dropped before they are decrypted. */
const isNoCustomer = (jid: string) => Boolean(isJidGroup(jid) || isJidBroadcast(jid) || isJidNewsletter(jid))

/**
 * One WebSocket from its opening to its end: shows codes or logs in, journals what comes in, sends what goes out.
 * Messages, receipts and answers are read from the stanzas themselves: Baileys' own events come after the receipt, are
 * held back for up to 30 s, and say nothing of a message that is delivered again after a lost receipt.
 * @param auth `breakOff` of it must lead to `end`.
 * @param why a phone has to scan, when there was a link before.
 * @param mustProve the link before was silent: this one is connected when a round trip says so.
 */
export function openConnection(
  host: SessionHost,
  auth: BridgeAuth,
  telling: Telling,
  settings: BridgeSettings,
  why: { reason?: string },
  mustProve = false,
): Connection {
  const { creds } = auth
  const wasLinked = creds.me !== undefined
  const stanzas = new WeakMap<Uint8Array, BinaryNode>()
  const sends = makeWaitingSends()
  const sentMessages = makeSentMessages(host)
  const codes = makePairingCodes(creds)
  const writing = new Set<Promise<void>>()
  /** The last message that stands behind what waited at the server; null when all of these are read. */
  let lastWaiting: BinaryNode | null = null
  const seen = {
    isOpen: false,
    isFlushed: false,
    wasScanned: false,
    hasServerEnded: false,
    connectedAt: 0,
    wasSilent: false,
    isTaken: false,
  }

  const logger = quietLog(host.channelId)
  const socket = makeWASocket({
    auth,
    ...(settings.webSocketUrl ? { waWebSocketUrl: settings.webSocketUrl, fetchAgent: localAgent() } : {}),
    logger,
    browser: DEVICE,
    // Else the owner's phone stops ringing.
    markOnlineOnConnect: false,
    syncFullHistory: false,
    emitOwnEvents: false,
    defaultQueryTimeoutMs: QUERY_MS,
    // A write that failed ends the connection; trying it again on a broken store is in vain.
    transactionOpts: { maxCommitRetries: 1, delayBetweenTriesMs: 1 },
    shouldIgnoreJid: isNoCustomer,
    getMessage: async ({ id }) => {
      if (!id) return undefined
      const sent = await sentMessages.read(id)
      if (sent) return sent
      const text = await host.sentText(id)
      // An empty message in place of an unknown one would stay on the customer's phone for ever.
      return text === null ? undefined : { conversation: text }
    },
    makeSignalRepository: journaledSignal({
      me: () => creds.me,
      stanzaOf: (ciphertext) => {
        const stanza = stanzas.get(ciphertext)
        if (stanza && stanza === lastWaiting) lastWaiting = null
        return stanza
      },
      journal: host.journal,
      onNotKept: auth.breakOff,
    }),
  })

  const limits = makeLimits(host, socket)
  const probe = makeProbe(
    settings.probe,
    async (withinMs) => {
      if (!creds.me) return true
      // Takes back a message that never was: nothing is shown on the phone, and the whole way is gone.
      const messageId = externalIdFor(randomUUID())
      const self = jidNormalizedUser(creds.me.id)
      const answer = sends.expect(messageId)
      const gone = { remoteJid: self, fromMe: true, id: externalIdFor(randomUUID()) }
      // Its answer is what counts; a sending that fails has none.
      socket.sendMessage(self, { delete: gone }, { messageId }).catch(() => answer.forget())
      const result = await answer.within(withinMs)
      return result.ok || result.failure !== 'offline'
    },
    () => {
      seen.wasSilent = true
      telling.state('silent', { reason: 'no-echo' })
      // The peer may not answer the closing either.
      wire?.destroy()
      void socket.end(new Error('a round trip was not answered'))
    },
  )

  /** Nobody waits for it: a receipt that is not stored costs a tick, which the next one brings. */
  const note = (entry: { orderKey: string; payload: BridgePayload } | null) => {
    if (entry) track(host.journal(entry.orderKey, entry.payload))
  }
  const track = (work: Promise<void>) => {
    const written = work
      .catch((error: unknown) =>
        log.warn({ err: error, channelId: host.channelId }, 'receipt or call not stored'),
      )
      .finally(() => writing.delete(written))
    writing.add(written)
  }
  const noteCall = async (payload: CallPayload) => {
    const contact = await withKnownAddress(payload.contact, auth.keys).catch(() => payload.contact)
    await host.journal(orderKeyOf(contact), { ...payload, contact })
  }

  // Baileys takes what waited at the server one by one, but at once what comes live: it would overtake them.
  socket.ws.prependListener('CB:message', (stanza: BinaryNode) => {
    if (stanza.attrs.offline === undefined && !lastWaiting) return
    stanza.attrs.offline ??= BEHIND_OFFLINE
    lastWaiting = stanza
  })
  socket.ws.on('CB:message', (stanza: BinaryNode) => {
    probe.heard()
    for (const { content } of getBinaryNodeChildren(stanza, 'enc')) {
      if (content instanceof Uint8Array) stanzas.set(content, stanza)
    }
  })
  socket.ws.on('CB:receipt', (stanza: BinaryNode) => {
    probe.heard()
    note(readReceipt(stanza, creds.me))
  })
  const calls = makeCalls(
    () => creds.me,
    (payload) => track(noteCall(payload)),
  )
  socket.ws.on('CB:call', (stanza: BinaryNode) => {
    probe.heard()
    calls.take(stanza)
  })
  socket.ev.on('message-capping.update', (info) => void limits.noteCap(info))
  socket.ws.on('CB:ack,class:message', (stanza: BinaryNode) => {
    if (stanza.attrs.error === RESTRICTED) void limits.refused()
    if (!sends.settle(stanza)) note(readLateAck(stanza, creds.me))
  })
  socket.ev.on('messages.upsert', ({ messages, requestId }) => {
    if (requestId) for (const message of messages) note(readResent(message))
  })

  socket.ws.on('CB:notification,type:companion_reg_refresh', () => {
    const code = codes.refresh()
    if (code) show(code)
  })
  const serverEnds = () => {
    seen.hasServerEnded = true
  }
  socket.ws.on('CB:failure', serverEnds)
  socket.ws.on('CB:stream:error', serverEnds)
  socket.ws.on('CB:xmlstreamend', serverEnds)
  let wire: IncomingMessage['socket'] | undefined
  socket.ws.on('upgrade', (response: IncomingMessage) => {
    wire = response.socket
  })

  // A proxy on the way, say. Baileys would wait for the socket until its time is up.
  socket.ws.on('unexpected-response', (_request: unknown, response: IncomingMessage) => {
    void socket.end(new Error(`HTTP ${response.statusCode} instead of a WebSocket`))
  })

  socket.ev.on('creds.update', () => {
    // Its failures break the connection off by themselves.
    void auth.save()
  })

  // Logged in; keys and what waited at the server follow.
  socket.ws.on('CB:success', () => {
    if (!mustProve) telling.state('syncing')
  })
  const greet = () => {
    if (!seen.isOpen || !seen.isFlushed || seen.connectedAt > 0) return
    seen.connectedAt = Date.now()
    void greetWhenProven()
  }
  const greetWhenProven = async () => {
    if (!(await probe.start(mustProve)) || !seen.isOpen) return
    const number = creds.me ? writtenNumber(creds.me.id) : null
    // A database that is away refuses nobody.
    if (number && !(await host.isAddressFree(number).catch(() => true))) {
      seen.isTaken = true
      // Off the phone's list of devices as well.
      await socket.logout().catch(() => socket.end(undefined))
      return
    }
    if (number) telling.address(number)
    telling.state('connected')
    void limits.askAll()
  }
  const show = (code: ShownCode) => {
    telling.state('scan', why)
    telling.pairing(code)
  }
  /** The next connection reads the keys anew, so nothing of this one may be written after its end. */
  const end = async (error: Error | undefined): Promise<Ending> => {
    seen.isOpen = false
    probe.stop()
    limits.stop()
    calls.stop()
    // What is still under way fails now, as it must.
    logger.level = 'silent'
    sends.giveUp()
    if (!wasLinked) telling.pairing(null)
    await auth.save()
    await auth.close()
    await Promise.all([...writing, sentMessages.idle()])
    return {
      code: codeOf(error),
      saidBy: seen.hasServerEnded ? 'server' : 'network',
      wasLinked,
      wasScanned: seen.wasScanned,
      wereCodesUsedUp: error?.message === CODES_USED_UP,
      wasSteady: seen.connectedAt > 0 && Date.now() - seen.connectedAt >= STEADY_MS,
    }
  }
  const ended = new Promise<Ending>((resolve, reject) => {
    socket.ev.on('connection.update', (update) => {
      if (update.qr) show(codes.next(update.qr, new Date()))
      if (update.isNewLogin) seen.wasScanned = true
      if (update.connection === 'open') seen.isOpen = true
      if (update.receivedPendingNotifications) seen.isFlushed = true
      if (update.connection === 'close') end(update.lastDisconnect?.error).then(resolve, reject)
      else greet()
    })
  })

  return {
    isTaken: () => seen.isTaken,
    wasSilent: () => seen.wasSilent,
    ended,
    end: async () => {
      const timer = setTimeout(() => wire?.destroy(), CLOSE_MS)
      try {
        await socket.end(undefined)
        await ended
      } finally {
        clearTimeout(timer)
      }
    },
    send: async (message, externalId) => {
      const jid = recipientJid(message.recipient)
      if (!jid) return refused('no-address')
      if (!isReady()) return notConnected
      const { content, quote } = message
      const id = externalId ?? externalIdFor(message.messageId)
      const isInThread = content.kind === 'text' && !quote
      return hand(jid, await messageOf(content), id, { quoted: quote && quotedIn(jid, quote), isInThread })
    },
    renewMedia,
    act: async (target, action) => {
      const jid = recipientJid(target.recipient)
      if (!jid) return refused('no-address')
      if (!isReady()) return notConnected
      const key = { remoteJid: jid, id: target.externalId, fromMe: target.from === 'us' }
      return hand(jid, actionOf(action, key), externalIdFor(target.actionId), {
        quoted: null,
        isInThread: false,
      })
    },
  }

  async function renewMedia(source: MediaSource): Promise<string> {
    if (!isReady()) throw new Error('the link is down')
    const timer = new AbortController()
    try {
      const message = messageToRenew(source)
      // Baileys waits for the phone as long as the connection lives.
      const late = rejectAfter(RENEW_MS, timer.signal)
      const renewed = await Promise.race([socket.updateMediaMessage(message), late])
      const path = renewed.message?.documentMessage?.directPath
      if (!path) throw new Error('the phone gave no path')
      return path
    } catch (error) {
      throw codeOf(error) === GONE ? new MediaGone() : error
    } finally {
      timer.abort()
    }
  }

  function isReady() {
    return seen.isOpen && seen.isFlushed && socket.ws.isOpen
  }

  /** @param isInThread plain text, which the thread has: nothing else is needed if the receiver asks again. */
  async function hand(
    jid: string,
    content: AnyMessageContent,
    messageId: string,
    { quoted, isInThread }: { quoted: WAMessage | null; isInThread: boolean },
  ): Promise<SendResult> {
    if (!isReady()) return notConnected
    const answer = sends.expect(messageId)
    try {
      const sending = socket.sendMessage(jid, content, { messageId, ...(quoted ? { quoted } : {}) })
      if (!isInThread) sentMessages.keep(messageId, sending)
      await sending
    } catch (error) {
      answer.forget()
      if (!isReady()) return notConnected
      log.warn({ err: error, channelId: host.channelId }, 'message not handed to WhatsApp')
      return { ok: false, failure: 'rejected', code: String(codeOf(error) ?? 'not-sent'), retryable: true }
    }
    return answer.within(settings.answerWithinMs)
  }
}

const notConnected: SendResult = { ok: false, failure: 'offline', code: 'disconnected', retryable: true }

const refused = (code: string): SendResult => ({ ok: false, failure: 'rejected', code, retryable: false })

const rejectAfter = (milliseconds: number, signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new Error('the phone does not answer')), milliseconds)
    signal.addEventListener('abort', () => clearTimeout(timer))
  })

/** Baileys' errors carry the code as a Boom does. */
function codeOf(error: unknown): number | null {
  const output = error && typeof error === 'object' && 'output' in error ? error.output : undefined
  const code =
    output && typeof output === 'object' && 'statusCode' in output ? Number(output.statusCode) : Number.NaN
  return Number.isInteger(code) ? code : null
}

/** Whom a message is from is nobody's business in a log. */
const LEFT_OUT = ['node', 'sender', 'author', 'key.remoteJid', 'key.remoteJidAlt', 'key.participant']

/** What Baileys says below a warning is about every frame. */
function quietLog(channelId: string) {
  const level = ['error', 'fatal', 'silent'].includes(log.level) ? log.level : 'warn'
  return log.child(
    { channelId, part: 'baileys' },
    { level, redact: { paths: LEFT_OUT, remove: true }, serializers: { err: inShort, error: inShort } },
  )
}

const inShort = (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : error)

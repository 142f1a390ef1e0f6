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
  type WAMessageKey,
} from '@whiskeysockets/baileys'
import type { ActionTarget, OutgoingMessage, SendResult } from '@/server/channels/schema'
import type { SessionHost } from '@/server/channels/session'
import { log } from '@/server/kernel/log'
import { storableText } from '@/server/kernel/text'
import { recipientJid, writtenNumber } from './addresses'
import type { BridgeAuth } from './auth-state'
import type { BridgePayload } from './inbound'
import { BEHIND_OFFLINE, journaledSignal } from './journaled-signal'
import { makeLimits } from './limits'
import { externalIdFor } from './outbound'
import { makePairingCodes, type ShownCode } from './pairing'
import { makeProbe, type ProbeSettings } from './probe'
import { makeWaitingSends, readLateAck, readReceipt } from './receipts'
import type { Ending } from './reconnect'
import { readResent } from './resent'
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
    ...(settings.webSocketUrl ? { waWebSocketUrl: settings.webSocketUrl } : {}),
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
      const text = id ? await host.sentText(id) : null
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
    if (!entry) return
    const written = host
      .journal(entry.orderKey, entry.payload)
      .catch((error: unknown) => log.warn({ err: error, channelId: host.channelId }, 'receipt not stored'))
      .finally(() => writing.delete(written))
    writing.add(written)
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
    // What is still under way fails now, as it must.
    logger.level = 'silent'
    sends.giveUp()
    if (!wasLinked) telling.pairing(null)
    await auth.save()
    await auth.close()
    await Promise.all(writing)
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
      if (message.content.kind !== 'text') return refused('content-not-supported')
      // No preview: it would be fetched by the worker from whatever address the text names.
      const text = storableText(message.content.text)
      const quoted = message.quote && quotedIn(jid, message.quote)
      return hand(jid, { text, linkPreview: null }, externalId ?? externalIdFor(message.messageId), quoted)
    },
    act: async (target, action) => {
      const jid = recipientJid(target.recipient)
      if (!jid) return refused('no-address')
      const key = { remoteJid: jid, id: target.externalId, fromMe: target.from === 'us' }
      return hand(jid, contentOf(action, key), externalIdFor(target.actionId), null)
    },
  }

  async function hand(
    jid: string,
    content: AnyMessageContent,
    messageId: string,
    quoted: WAMessage | null,
  ): Promise<SendResult> {
    const isReady = () => seen.isOpen && seen.isFlushed && socket.ws.isOpen
    if (!isReady()) return notConnected
    const answer = sends.expect(messageId)
    try {
      await socket.sendMessage(jid, content, { messageId, ...(quoted ? { quoted } : {}) })
    } catch (error) {
      answer.forget()
      if (!isReady()) return notConnected
      log.warn({ err: error, channelId: host.channelId }, 'message not handed to WhatsApp')
      return { ok: false, failure: 'rejected', code: String(codeOf(error) ?? 'not-sent'), retryable: true }
    }
    return answer.within(settings.answerWithinMs)
  }
}

/** What is done to a message that is there: a reaction set or taken back, a new text, or gone for everyone. */
export type Action = { react: string | null } | { edit: string } | 'delete'

function contentOf(action: Action, key: WAMessageKey): AnyMessageContent {
  if (action === 'delete') return { delete: key }
  if ('react' in action) return { react: { text: action.react ?? '', key } }
  return { text: storableText(action.edit), edit: key, linkPreview: null }
}

/** The snapshot that WhatsApp shows above an answer, also when the phone has lost the message itself. */
const quotedIn = (jid: string, quote: NonNullable<OutgoingMessage['quote']>): WAMessage => ({
  key: { remoteJid: jid, id: quote.externalId, fromMe: quote.from === 'us' },
  message: { conversation: storableText(quote.text) },
})

const notConnected: SendResult = { ok: false, failure: 'offline', code: 'disconnected', retryable: true }

const refused = (code: string): SendResult => ({ ok: false, failure: 'rejected', code, retryable: false })

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

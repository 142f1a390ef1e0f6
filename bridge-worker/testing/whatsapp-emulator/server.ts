/** The WhatsApp Web server, as far as an unmodified Baileys needs it. See README.md. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { type EmulatorActions, makeActions } from './actions'
import { acceptConnection } from './connection'
import { serveControl } from './control'
import { openDirectory } from './directory'
import { issueServerIdentity } from './identity'
import { openInbound } from './inbound'
import { openJournal } from './journal'
import { openMailbox } from './mailbox'
import { openMediaHost } from './media'
import { openOutbound } from './outbound'
import { openPairing } from './pairing'
import { openQueue } from './queue'
import { openSessions } from './session'

export type WhatsAppEmulator = EmulatorActions & {
  /** For `waWebSocketUrl`. */
  url: string
  controlUrl: string
  /** Public key that signs the server's certificate. */
  rootKey: Uint8Array
  close(): Promise<void>
}

/** Starts on loopback; port 0 (the default) takes any free one. Everything is in memory. */
export async function startWhatsAppEmulator({ port = 0, controlPort = 0 } = {}): Promise<WhatsAppEmulator> {
  const identity = issueServerIdentity()
  const journal = openJournal()
  const directory = openDirectory()
  const mailbox = openMailbox()
  const media = await openMediaHost(journal)
  const pairing = openPairing(directory, journal)
  const queue = openQueue(directory, journal, mailbox)
  const inbound = openInbound(directory, journal, mailbox, queue, media)
  const outbound = openOutbound(directory, journal, mailbox, queue, media)
  const sessions = openSessions({ directory, journal, pairing, queue, inbound, outbound, media })
  const actions = makeActions({ directory, journal, mailbox, media, pairing, inbound, outbound, sessions })

  const sockets = new WebSocketServer({ host: '127.0.0.1', port })
  await once(sockets, 'listening')
  sockets.on('connection', (socket) => acceptConnection(socket, identity, sessions.listener))
  const control = await serveControl(actions, controlPort)

  return {
    ...actions,
    url: `ws://127.0.0.1:${(sockets.address() as AddressInfo).port}`,
    controlUrl: control.url,
    rootKey: identity.rootKey,
    async close() {
      for (const socket of sockets.clients) socket.terminate()
      const closed = once(sockets, 'close')
      sockets.close()
      await Promise.all([closed, control.close(), media.close()])
      directory.close()
    },
  }
}

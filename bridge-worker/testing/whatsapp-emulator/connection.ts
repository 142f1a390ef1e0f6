/** One WebSocket: frames, handshake, and stanzas one after the other in the order they came. */
import { type BinaryNode, decodeBinaryNode, encodeBinaryNode, type proto } from '@whiskeysockets/baileys'
import type { WebSocket } from 'ws'
import { type ServerIdentity, startHandshake, type Transport } from './noise'

export type Connection = {
  readonly id: number
  /** The client's Noise key; known once the handshake is over. */
  clientKey: Uint8Array
  send(stanza: BinaryNode): void
  /** Says the last word and closes. */
  closeWith(stanza: BinaryNode): void
  /** The network is gone: no last word. */
  terminate(): void
  /** A dead link: the socket stays open, nothing goes in or out any more. */
  mute(): void
  /** Half a dead link: what the client says is lost. */
  deafen(): void
}

type Listener = {
  opened(connection: Connection, payload: proto.ClientPayload): Promise<void> | void
  stanza(connection: Connection, stanza: BinaryNode): Promise<void> | void
  /** Bytes that no client of ours sends; the connection is cut. */
  broken(connection: Connection, error: unknown): void
  closed(connection: Connection): void
}

let connections = 0

export function acceptConnection(socket: WebSocket, server: ServerIdentity, listener: Listener): Connection {
  let bytes: Buffer = Buffer.alloc(0)
  let handshake: ReturnType<typeof startHandshake> | undefined
  let saidHello = false
  let transport: Transport | undefined
  let isMuted = false
  let isDeaf = false
  let turn: Promise<void> = Promise.resolve()

  const sendFrame = (content: Uint8Array) => {
    if (isMuted || socket.readyState !== socket.OPEN) return
    const length = Buffer.alloc(3)
    length.writeUIntBE(content.length, 0, 3)
    socket.send(Buffer.concat([length, content]))
  }

  const connection: Connection = {
    id: ++connections,
    clientKey: new Uint8Array(),
    send(stanza) {
      if (!transport) throw new Error(`<${stanza.tag}> before the end of the handshake`)
      if (isMuted || socket.readyState !== socket.OPEN) return
      sendFrame(transport.encrypt(encodeBinaryNode(stanza)))
    },
    closeWith(stanza) {
      connection.send(stanza)
      socket.close()
    },
    terminate: () => socket.terminate(),
    mute() {
      isMuted = true
    },
    deafen() {
      isDeaf = true
    },
  }

  const handleFrame = async (frame: Buffer) => {
    if (!handshake) throw new Error('A frame before the header')
    if (transport) {
      await listener.stanza(connection, await decodeBinaryNode(transport.decrypt(frame)))
    } else if (!saidHello) {
      saidHello = true
      sendFrame(handshake.answerHello(frame))
    } else {
      const { clientKey, payload, transport: opened } = handshake.finish(frame)
      transport = opened
      connection.clientKey = clientKey
      await listener.opened(connection, payload)
    }
  }

  const drain = async () => {
    if (!handshake) {
      const header = takeHeader()
      if (!header) return
      handshake = startHandshake(server, header)
    }
    while (bytes.length >= 3 && bytes.length >= 3 + bytes.readUIntBE(0, 3)) {
      const end = 3 + bytes.readUIntBE(0, 3)
      const frame = bytes.subarray(3, end)
      bytes = bytes.subarray(end)
      if (!isMuted && !isDeaf) await handleFrame(frame)
    }
  }

  /** `WA` 6 3, behind `ED` 0 1 and a routing prefix where the client was once given one. */
  const takeHeader = (): Buffer | undefined => {
    const prefix = bytes.toString('latin1', 0, 2) === 'ED' ? 7 + bytes.readUIntBE(4, 3) : 0
    if (bytes.length < prefix + 4) return undefined
    const header = bytes.subarray(prefix, prefix + 4)
    bytes = bytes.subarray(prefix + 4)
    return header
  }

  socket.on('message', (data) => {
    if (!Buffer.isBuffer(data)) return
    bytes = Buffer.concat([bytes, data])
    turn = turn.then(drain).catch((error: unknown) => {
      listener.broken(connection, error)
      socket.terminate()
    })
  })
  socket.on('error', (error) => listener.broken(connection, error))
  socket.on('close', () => listener.closed(connection))
  return connection
}

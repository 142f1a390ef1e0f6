import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A door before the database: shut, whoever is behind it hears and gets nothing, as when its server is down. */
export type DatabaseDoor = {
  /** The same database, through this door. */
  through: (url: string) => string
  /** Cuts every connection, also in the middle of an answer, and refuses new ones. */
  shut: () => void
  open: () => void
  /** Resolves when somebody has been refused. */
  refused: () => Promise<void>
  close: () => Promise<void>
}

/** @param url any address on the server that the door stands before. */
export async function openDatabaseDoor(url: string): Promise<DatabaseDoor> {
  const target = new URL(url)
  const sockets = new Set<Socket>()
  const waiting = new Set<() => void>()
  let isShut = false

  const door = createServer((caller) => {
    if (isShut) {
      caller.destroy()
      for (const tell of waiting) tell()
      waiting.clear()
      return
    }
    const server = connect(Number(target.port || 5432), target.hostname)
    for (const [one, other] of [
      [caller, server],
      [server, caller],
    ] as const) {
      sockets.add(one)
      one.pipe(other)
      // Either end may be cut at any moment; the close that follows takes the other with it.
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
  })
  door.listen(0, '127.0.0.1')
  await once(door, 'listening')
  const { port } = door.address() as AddressInfo

  const cutAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    through: (address) => Object.assign(new URL(address), { hostname: '127.0.0.1', port: String(port) }).href,
    shut: () => {
      isShut = true
      cutAll()
    },
    open: () => {
      isShut = false
    },
    refused: () => new Promise<void>((resolve) => waiting.add(resolve)),
    close: async () => {
      cutAll()
      const closed = once(door, 'close')
      door.close()
      await closed
    },
  }
}

import { createServer, type Server, type Socket } from 'node:net'

export type ReceivedLetter = { from: string; to: string; raw: string }

/** A mail server on loopback (RFC 5321, as much of it as a client without login needs). */
export type SmtpServer = {
  port: number
  /** Every letter taken, and for who waits: the next one. */
  received: ReceivedLetter[]
  nextLetter: () => Promise<ReceivedLetter>
  /** Answers every recipient with this instead of 250. */
  refuseRecipients: (answer: string | null) => void
  /** Nobody listens any more, until it opens again on the same port. */
  close: () => Promise<void>
  reopen: () => Promise<void>
}

export async function startSmtpServer(): Promise<SmtpServer> {
  const received: ReceivedLetter[] = []
  const waiting: ((letter: ReceivedLetter) => void)[] = []
  const sockets = new Set<Socket>()
  let refusal: string | null = null
  const take = (letter: ReceivedLetter) => {
    received.push(letter)
    for (const tell of waiting.splice(0)) tell(letter)
  }
  const open = (port: number) =>
    new Promise<Server>((resolve) => {
      const server = createServer((socket) => {
        sockets.add(socket.on('close', () => sockets.delete(socket)))
        converse(socket, { take, refusal: () => refusal })
      })
      server.listen(port, '127.0.0.1', () => resolve(server))
    })
  let server = await open(0)
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    port,
    received,
    nextLetter: () => new Promise((resolve) => waiting.push(resolve)),
    refuseRecipients: (answer) => {
      refusal = answer
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
    reopen: async () => {
      server = await open(port)
    },
  }
}

function converse(
  socket: Socket,
  { take, refusal }: { take: (letter: ReceivedLetter) => void; refusal: () => string | null },
) {
  let buffer = ''
  let envelope = { from: '', to: '' }
  let isData = false
  const say = (line: string) => socket.write(`${line}\r\n`)
  const hear = (line: string): unknown => {
    const [verb = ''] = line.toUpperCase().split(/[ :]/)
    if (verb === 'MAIL') envelope = { from: addressIn(line), to: '' }
    if (verb === 'RCPT') {
      const answer = refusal()
      if (answer) return say(answer)
      envelope.to = addressIn(line)
    }
    if (verb === 'DATA') {
      isData = true
      return say('354 go on')
    }
    if (verb === 'QUIT') return socket.end('221 bye\r\n')
    return say('250 ok')
  }
  say('220 loopback ready')
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    buffer += chunk
    for (;;) {
      const mark = isData ? '\r\n.\r\n' : '\r\n'
      const end = buffer.indexOf(mark)
      if (end < 0) return
      const taken = buffer.slice(0, end)
      buffer = buffer.slice(end + mark.length)
      if (!isData) hear(taken)
      else {
        isData = false
        take({ ...envelope, raw: taken.replace(/(^|\r\n)\.\./g, '$1.') })
        say('250 taken')
      }
    }
  })
  // A client that is cut off in the middle is what some tests want.
  socket.on('error', () => socket.destroy())
}

const addressIn = (line: string) => /<([^>]*)>/.exec(line)?.[1] ?? ''

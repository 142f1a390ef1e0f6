import { createServer } from 'node:net'
import { StartFailure } from '../start/failure.mjs'

/** @returns {Promise<number>} a port of the loopback address that nothing uses now */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

/**
 * Refuses a public port that cannot be had, before anything is started.
 * @param {number} port
 * @param {string} host the address that will be listened on
 */
export async function requirePort(port, host) {
  const code = await tryPort(port, host)
  if (!code) return
  const other = port + 1 > 65_535 ? 3000 : port + 1
  if (code === 'EADDRINUSE') {
    throw new StartFailure(
      `Port ${port} is taken by another program.`,
      `Stop that program, or choose another port: PORT=${other} npm start (a second copy also needs its own DATA_DIR).`,
    )
  }
  if (code === 'EACCES') {
    throw new StartFailure(
      `Port ${port} needs administrator rights.`,
      `Choose one above 1023: PORT=3000 npm start`,
    )
  }
  throw new StartFailure(`The address ${host}:${port} cannot be used (${code}).`, 'Check HOST and PORT.')
}

function tryPort(port, host) {
  return new Promise((resolve) => {
    const server = createServer()
    server.on('error', (error) => resolve(error.code))
    server.listen(port, host, () => server.close(() => resolve(null)))
  })
}

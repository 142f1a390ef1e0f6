import { watchNpm } from '../start/parent.mjs'

/** npm passes on a ctrl+C that the terminal has already delivered: the second one within this time is the same. */
const SAME_REQUEST_MS = 1500
/**
 * Listens for the wish to stop: ctrl+C, SIGTERM, a closed terminal, or the end of the npm that started this process
 * (killed, it cannot pass a signal on). Asked again after a while, it ends at once.
 * @returns {{ requested: Promise<void>, signal: AbortSignal }}
 */
export function onStopRequest() {
  const controller = new AbortController()
  let askedAt = 0
  const requested = new Promise((resolve) => {
    const ask = () => {
      if (askedAt && Date.now() - askedAt > SAME_REQUEST_MS) {
        console.error('Stopping at once.')
        // The children notice by their pipe.
        process.exit(1)
      }
      askedAt ||= Date.now()
      controller.abort()
      resolve()
    }
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, ask)
    watchNpm(ask)
  })
  return { requested, signal: controller.signal }
}

/** npm passes on a ctrl+C that the terminal has already delivered: the second one within this time is the same. */
const SAME_REQUEST_MS = 1500
/** Cheap, and soon enough that a new start finds the port free. */
const PARENT_CHECK_MS = 1000

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
    if (process.env.npm_lifecycle_event) watchParent(ask)
  })
  return { requested, signal: controller.signal }
}

function watchParent(onGone) {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    onGone()
  }, PARENT_CHECK_MS)
  timer.unref()
}

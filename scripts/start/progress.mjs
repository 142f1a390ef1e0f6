const live = Boolean(process.stdout.isTTY)
/** Without a terminal nothing can be redrawn: a line now and then shows that a long step is alive. */
const SAY_STILL_EVERY_MS = 15_000

/** @param {number} ms @returns {string} seconds as the reader wants them: 0.4 s, 12 s, 2 min 5 s */
export function formatSeconds(ms) {
  const seconds = ms / 1000
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 100) return `${Math.round(seconds)} s`
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}

/**
 * Runs one step and shows its name, its life and its time.
 * @template T
 * @param {string} name what is being done, in the reader's words
 * @param {(say: (detail: string) => void) => Promise<T>} work `say` sets the words shown behind the name
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  const startedAt = Date.now()
  let detail = ''
  const ticker = showLife(name, startedAt, () => detail)
  try {
    const result = await work((words) => {
      detail = words
    })
    ticker.end(`✓ ${name}${detail ? ` (${detail})` : ''}  ${formatSeconds(Date.now() - startedAt)}`)
    return result
  } catch (error) {
    ticker.end(`✗ ${name}  ${formatSeconds(Date.now() - startedAt)}`)
    throw error
  }
}

function showLife(name, startedAt, detail) {
  const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
  let frame = 0
  const draw = () => {
    frame = (frame + 1) % frames.length
    const words = detail() ? ` (${detail()})` : ''
    process.stdout.write(
      `\r\x1b[2K${frames[frame]} ${name}${words}  ${formatSeconds(Date.now() - startedAt)}`,
    )
  }
  const say = () => console.log(`  ${name}: still working, ${formatSeconds(Date.now() - startedAt)}`)
  const timer = setInterval(live ? draw : say, live ? 120 : SAY_STILL_EVERY_MS)
  return {
    end(line) {
      clearInterval(timer)
      process.stdout.write(live ? `\r\x1b[2K${line}\n` : `${line}\n`)
    },
  }
}

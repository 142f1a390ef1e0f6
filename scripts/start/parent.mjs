import { readFileSync } from 'node:fs'

/** Cheap, and soon enough to leave the stop itself nearly all of its five seconds. */
const CHECK_EVERY_MS = 250

/**
 * Calls `onGone` once when the npm that started this process has ended. npm runs its scripts through a shell: asked to
 * stop, it ends that shell, which passes nothing on; killed, it leaves the shell behind.
 * @param {() => void} onGone
 */
export function watchNpm(onGone) {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  const npm = parentOf(parent)
  const timer = setInterval(() => {
    if (process.ppid === parent && parentOf(parent) === npm) return
    clearInterval(timer)
    onGone()
  }, CHECK_EVERY_MS)
  timer.unref()
}

/** @returns {number | null} null where the system does not tell without a process of its own */
function parentOf(pid) {
  if (process.platform !== 'linux') return null
  try {
    // proc(5): pid (command) state ppid ...; the command may hold spaces and brackets.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    // Gone between two looks: the next look sees another parent.
    return null
  }
}

// Loaded into each child with --import. The runner holds the other end of a pipe; when the runner is killed the system
// closes it, and the child stops as if it had been asked to.
import { Socket } from 'node:net'

/** A child that cannot stop cleanly in this time leaves anyway, so that nothing outlives the runner. */
const LEAVE_AFTER_MS = 4000

const fd = Number(process.env.IKONO_RUNNER_FD)
// Grandchildren inherit the variable but not the pipe: their descriptor of that number is something else.
delete process.env.IKONO_RUNNER_FD

if (Number.isInteger(fd) && fd > 2) {
  const runner = new Socket({ fd, readable: true, writable: false })
  const leave = () => {
    setTimeout(() => process.exit(1), LEAVE_AFTER_MS).unref()
    process.kill(process.pid, 'SIGTERM')
  }
  runner.once('close', leave)
  runner.on('error', () => undefined)
  runner.resume()
  runner.unref()
}

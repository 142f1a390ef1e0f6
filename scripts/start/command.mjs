import { spawn } from 'node:child_process'
import { StartFailure } from './failure.mjs'

/** Enough to see why, not a whole build log. */
const KEPT_LINES = 60
const running = new Set()

/** A pipe that the system closes when this process is gone, and who watches it in the child. */
const tieToThis = {
  args: ['--import', new URL('../runner/leave-with-parent.mjs', import.meta.url).href],
  env: { IKONO_RUNNER_FD: '3' },
  stdio: ['pipe'],
}

/** @returns the tools of the platform: npm is a script on Windows and needs its shell */
export const npmCommand = process.platform === 'win32' ? 'npm.cmd' : 'npm'

/**
 * Runs a command to its end, its output kept aside and shown only when it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env?: Record<string, string | undefined>, uid?: number, gid?: number, failure: string, cure?: string,
 *   keptLines?: number, onLine?: (line: string) => void, tied?: boolean }} options failure: the sentence of the error thrown on a
 *   non-zero exit; tied: a Node command that ends when this process is killed, instead of working on beside the next start
 * @returns {Promise<string>} the last lines of the output
 */
export async function runCommand(command, args, options) {
  const { code, output } = await runToEnd(command, args, options)
  if (code === 0) return output
  throw new StartFailure(options.failure, options.cure ?? 'The lines above say why.', { details: output })
}

/** As `runCommand`, for callers that judge the exit code themselves. @returns {Promise<{ code: number | null, output: string }>} */
export function runToEnd(command, args, options) {
  return new Promise((resolve, reject) => {
    const tie = options.tied ? tieToThis : { args: [], env: {}, stdio: [] }
    const child = spawn(command, [...tie.args, ...args], {
      cwd: options.cwd,
      env: { ...(options.env ?? process.env), ...tie.env },
      stdio: ['ignore', 'pipe', 'pipe', ...tie.stdio],
      shell: command.endsWith('.cmd'),
      ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.gid }),
    })
    running.add(child)
    const lines = []
    const keep = (line) => {
      lines.push(line)
      if (lines.length > (options.keptLines ?? KEPT_LINES)) lines.shift()
      options.onLine?.(line)
    }
    splitLines(child.stdout, keep)
    splitLines(child.stderr, keep)
    child.on('error', (error) => {
      running.delete(child)
      reject(error)
    })
    child.on('close', (code) => {
      running.delete(child)
      resolve({ code, output: lines.join('\n') })
    })
  })
}

/** Calls `onLine` for each whole line of a stream, and for what is left at its end. */
export function splitLines(stream, onLine) {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (text) => {
    const lines = (rest + text).split(/\r?\n/)
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line)
  })
  stream.on('end', () => {
    if (rest) onLine(rest)
  })
}

/** Ends the commands that still run; used when the reader interrupts. */
export function killRunningCommands() {
  for (const child of running) child.kill('SIGTERM')
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { splitLines } from '../start/command.mjs'
import { inProject, projectRoot } from '../start/project.mjs'
import { countCrash, isCleanExit, restartDelay } from './backoff.mjs'

const preload = new URL('./leave-with-parent.mjs', import.meta.url).href
const PIPE_FD = 3

/**
 * @typedef {{ name: string, args: string[], env: Record<string, string> }} ChildCommand args: a file of the project to run with
 *   Node, and its arguments; env: the whole environment
 * @typedef {{ name: string, pid: () => number | undefined, stop: (graceMs: number) => Promise<void> }} KeptProcess
 */

/**
 * Keeps one child running: restarts it with growing pauses when it ends unasked.
 * @param {ChildCommand} command
 * @param {{ onLine: (name: string, line: string) => void, onNews: (name: string, words: string) => void }} listener
 * @returns {KeptProcess}
 */
export function keepRunning(command, { onLine, onNews }) {
  let child
  let timer
  let crashes = 0
  let stopping = false

  const start = () => {
    const startedAt = Date.now()
    child = spawnChild(command)
    splitLines(child.stdout, (line) => onLine(command.name, line))
    splitLines(child.stderr, (line) => onLine(command.name, line))
    child.on('error', (error) => onNews(command.name, `could not be started: ${error.message}`))
    // What it started itself holds its output open, and would keep `close` from coming.
    child.on('exit', () => killGroup(child))
    child.on('close', (code, signal) => {
      if (stopping) return
      crashes = countCrash(crashes, Date.now() - startedAt)
      const delay = restartDelay(crashes)
      const how = isCleanExit(code, signal) ? 'ended unasked' : `crashed (${signal ?? `exit code ${code}`})`
      onNews(command.name, `${how}; starting it again in ${delay / 1000} s`)
      timer = setTimeout(start, delay)
    })
  }
  start()

  return {
    name: command.name,
    pid: () => child.pid,
    stop: async (graceMs) => {
      stopping = true
      clearTimeout(timer)
      await endChild(child, graceMs)
    },
  }
}

/** In a group of its own, so that a ctrl+C of the terminal reaches the runner alone, which then stops all in order. */
function spawnChild({ args: [file, ...args], env }) {
  return spawn(process.execPath, ['--import', preload, inProject(file), ...args], {
    cwd: projectRoot,
    env: { ...env, IKONO_RUNNER_FD: String(PIPE_FD) },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
}

async function endChild(child, graceMs) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const closed = once(child, 'close')
  const timer = setTimeout(() => killGroup(child), graceMs)
  child.kill('SIGTERM')
  await closed
  clearTimeout(timer)
}

/** The child with whatever it started itself. */
function killGroup(child) {
  if (child.pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL')
  } catch (error) {
    // Nothing of it is left, which is what was wanted.
    if (error.code !== 'ESRCH') throw error
  }
}

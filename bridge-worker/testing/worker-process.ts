import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The true worker as its own process, to be killed at will. */
export type WorkerProcess = {
  /** No chance to say goodbye. */
  kill: () => Promise<void>
  stop: () => Promise<void>
  /** Stands still, sockets open, until it is told to go on. */
  pause: () => void
  goOn: () => void
  /** Processor time so far, user and system, in milliseconds; NaN where the system keeps no /proc. */
  cpuMs: () => number
}

/** Linux counts in hundredths of a second, whatever the kernel's own clock (USER_HZ, proc(5)). */
const MS_PER_TICK = 10
/** Place of utime in /proc/PID/stat behind the name, which may hold spaces; stime follows. */
const UTIME = 11

/** Starts the worker and resolves when it says that it is ready. */
/** @param nodeOptions further options of node. */
export async function startWorkerProcess(
  env: Record<string, string>,
  nodeOptions: readonly string[] = [],
): Promise<WorkerProcess> {
  const child = spawn(process.execPath, [...nodeOptions, '--import', 'tsx', 'bridge-worker/main.ts'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'test', LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await untilReady(child)
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
  const cpuMs = () => cpuOf(child.pid)
  return {
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    pause: () => child.kill('SIGSTOP'),
    goOn: () => child.kill('SIGCONT'),
    cpuMs,
  }
}

function cpuOf(pid: number | undefined): number {
  const file = `/proc/${pid}/stat`
  if (!existsSync(file)) return Number.NaN
  const stat = readFileSync(file, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[UTIME]) + Number(fields[UTIME + 1])) * MS_PER_TICK
}

async function untilReady(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code} before it was ready`)))
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.includes('bridge-worker ready')) resolve()
    })
  })
}

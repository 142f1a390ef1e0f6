import { spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test, vi } from 'vitest'
import { isAlive } from '../database/postmaster.mjs'
import { keepRunning } from './processes.mjs'

const kept = []
afterEach(async () => {
  await Promise.all(kept.splice(0).map((child) => child.stop(0)))
})

/** Starts a stand-in and collects what is heard of it. */
function keep(behaviour) {
  const heard = new EventEmitter()
  const child = keepRunning(
    { name: behaviour, args: ['scripts/runner/fixtures/child.mjs', behaviour], env: process.env },
    {
      onLine: (_, line) => heard.emit('line', line),
      onNews: (_, words) => heard.emit('news', words),
    },
  )
  kept.push(child)
  return {
    child,
    heard,
    line: (pattern) => waitFor(heard, 'line', pattern),
    news: (pattern) => waitFor(heard, 'news', pattern),
  }
}

function waitFor(heard, event, pattern) {
  return new Promise((resolve) => {
    const look = (words) => {
      if (!pattern.test(words)) return
      heard.off(event, look)
      resolve(words)
    }
    heard.on(event, look)
  })
}

const gone = (pid) => vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 15_000, interval: 50 })

test('a child that crashes is started again, and it is said', async () => {
  const { news, line } = keep('crashing')
  expect(await news(/crashed/)).toBe('crashed (exit code 3); starting it again in 0.5 s')
  await line(/^pid/)
  expect(await news(/crashed/)).toContain('in 1 s')
})

test('a child that was killed comes back with another id', async () => {
  const { child, line, news } = keep('polite')
  const [, before] = (await line(/^pid/)).split(' ')
  process.kill(child.pid(), 'SIGKILL')
  expect(await news(/./)).toContain('crashed (SIGKILL)')
  const [, after] = (await line(/^pid/)).split(' ')
  expect(after).not.toBe(before)
})

test('a polite child is asked, and may say its last words', async () => {
  const { child, line } = keep('polite')
  await line(/^pid/)
  const words = line(/leaving/)
  await child.stop(20_000)
  await words
  await gone(child.pid())
})

test('a stubborn child is gone when its time is over, and is not started again', async () => {
  const { child, line, heard } = keep('stubborn')
  await line(/^pid/)
  heard.on('news', () => expect.unreachable('a child that was stopped came back'))
  await child.stop(200)
  await gone(child.pid())
})

test('what a child has started itself goes with it', async () => {
  const { child, line } = keep('parent')
  const grandchild = Number((await line(/^grandchild/)).split(' ')[1])
  await child.stop(20_000)
  await gone(grandchild)
})

test('stopping while a crashed child waits for its next start ends the waiting', async () => {
  const { child, news } = keep('crashing')
  await news(/crashed/)
  await child.stop(20_000)
  await gone(child.pid())
})

test('children notice that the runner was killed, the stubborn one too', async () => {
  const pids = await killInTheMiddle('keeper.mjs', ['polite', 'stubborn'])
  await Promise.all(pids.map(gone))
})

test('a step of a start does not work on when the start was killed', async () => {
  const [pid] = await killInTheMiddle('starter.mjs', ['polite'])
  await gone(pid)
})

/** Kills a program when all the stand-ins that it starts have said who they are. */
async function killInTheMiddle(program, behaviours) {
  const parent = spawn(
    process.execPath,
    [fileURLToPath(new URL(`fixtures/${program}`, import.meta.url)), ...behaviours],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const pids = []
  for await (const chunk of parent.stdout) {
    pids.push(...[...chunk.toString().matchAll(/^pid (\d+)$/gm)].map(([, pid]) => Number(pid)))
    if (pids.length === behaviours.length) break
  }
  const ended = once(parent, 'exit')
  parent.kill('SIGKILL')
  await ended
  return pids
}

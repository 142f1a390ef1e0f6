import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import WebSocket from 'ws'

/** The process as it is run: one bundled file, an environment, signals. */

const FOLDER = fileURLToPath(new URL('.', import.meta.url))
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache', import.meta.url))
const ENVIRONMENT = { PUSHER_APP_ID: '1', PUSHER_KEY: 'key', PUSHER_SECRET: 'secret', REALTIME_PORT: '0' }

let bundle: string
let inputs: string[]
const children: ChildProcess[] = []
beforeAll(async () => {
  // Below node_modules, so that the bundle finds the packages it leaves outside.
  await mkdir(CACHE, { recursive: true })
  bundle = join(await mkdtemp(join(CACHE, 'realtime-')), 'main.mjs')
  const result = await build({
    entryPoints: [join(FOLDER, 'main.ts')],
    outfile: bundle,
    absWorkingDir: FOLDER,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    metafile: true,
  })
  inputs = Object.keys(result.metafile.inputs)
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await rm(join(bundle, '..'), { recursive: true })
})

test('the folder stands alone: its bundle takes nothing from outside but packages', () => {
  expect(inputs).toContain('server.ts')
  expect(inputs.filter((path) => path.includes('..') || path.includes('node_modules'))).toEqual([])
})

test.each(['SIGTERM', 'SIGINT'] as const)(
  'it says its port in one line, answers health, and %s ends it and its sockets',
  async (signal) => {
    const { child, stdout, exited } = start(ENVIRONMENT)
    const line = await stdout.line
    const port = /^realtime ready on 127\.0\.0\.1:(\d+)$/.exec(line)?.[1]
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200)
    const ws = new WebSocket(`ws://127.0.0.1:${port}/app/key?protocol=7`)
    await new Promise((resolve) => ws.once('message', resolve))
    const closed = new Promise((resolve) => ws.once('close', resolve))
    const deaf = new WebSocket(`ws://127.0.0.1:${port}/app/key?protocol=7`)
    await new Promise((resolve) => deaf.once('message', resolve))
    deaf.pause()
    child.kill(signal)
    expect(await closed).toBe(1001)
    expect(await exited).toBe(0)
    expect(stdout.text()).toBe(`${line}\n`)
    deaf.terminate()
  },
  6_000,
)

test('it names what is missing in the environment', async () => {
  const { stderr, exited } = start({ PUSHER_APP_ID: '1', REALTIME_PORT: '70000' })
  expect(await exited).toBe(1)
  const { level, reason } = JSON.parse(stderr.text())
  expect(level).toBe('error')
  expect(reason).toBe('Missing or wrong: PUSHER_KEY, PUSHER_SECRET, REALTIME_PORT')
})

test('a taken port is said so', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => taken.once('listening', resolve))
  const address = taken.address()
  const port = typeof address === 'object' && address ? String(address.port) : ''
  const { stderr, exited } = start({ ...ENVIRONMENT, REALTIME_PORT: port })
  expect(await exited).toBe(1)
  expect(stderr.text()).toContain('EADDRINUSE')
  taken.close()
})

function start(environment: Record<string, string>) {
  const env: NodeJS.ProcessEnv = { NODE_ENV: 'production', ...environment }
  const child = spawn(process.execPath, [bundle], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { child, stdout: collect(child.stdout), stderr: collect(child.stderr), exited }
}

function collect(stream: NodeJS.ReadableStream) {
  let text = ''
  const line = new Promise<string>((resolve) => {
    stream.on('data', (chunk) => {
      text += chunk
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')))
    })
  })
  return { text: () => text, line }
}

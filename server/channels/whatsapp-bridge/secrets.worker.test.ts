import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { BufferJSON } from '@whiskeysockets/baileys'
import { afterEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { open } from '@/server/kernel/secrets'
import { silenceLibsignal } from './silence-libsignal'
import { ANA, COMPANY, makeRig, type Rig } from './test-rig'

let rig: Rig | undefined
afterEach(async () => {
  vi.restoreAllMocks()
  await rig?.close()
  rig = undefined
})

test('libsignal is not heard, everybody else is', () => {
  const heard = vi.spyOn(console, 'info').mockImplementation(() => undefined)
  silenceLibsignal()
  silenceLibsignal()
  console.info('Closing session:', { privKey: 'secret' })
  console.info('Session already closed', { rootKey: 'secret' })
  console.info('a word of ours')
  console.info({ event: 'an object' })
  expect(heard.mock.calls).toEqual([['a word of ours'], [{ event: 'an object' }]])
})

/** The session as the worker runs it, in a process of its own; only its output counts. */
const PROCESS = `
  import { startWhatsappBridge } from './server/channels/whatsapp-bridge/session.ts'
  const tell = async (news) => void process.send(news)
  const session = await startWhatsappBridge({
    tenantId: process.env.TENANT, channelId: process.env.CHANNEL, fence: 1n,
    journal: async (_, { kind }) => tell({ journal: kind }),
    setState: (state) => tell({ state }),
    setPairing: (pairing) => tell({ code: pairing?.code ?? null }),
    setAddress: async () => undefined,
    isAddressFree: async () => true, setRestriction: async () => undefined, setNewChatCap: async () => undefined,
    askForNewSession: async () => undefined,
    sentText: async () => null,
  })
  process.on('message', async () => { await session.stop(); process.exit(0) })
`
const newsSchema = z.object({
  state: z.string().optional(),
  code: z.string().nullish(),
  journal: z.string().optional(),
})

test('neither keys nor texts are written to the output, whatever happens to the sessions', async () => {
  const made = await makeRig()
  rig = made
  const { emulator, owned } = made
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', PROCESS], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      LOG_LEVEL: 'debug',
      WHATSAPP_WEB_SOCKET_URL: emulator.url,
      TENANT: owned.tenantId,
      CHANNEL: owned.channelId,
    },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)))
  const closed = once(child, 'close')
  const connected = new Promise<void>((resolve, reject) => {
    child.on('message', (message) => {
      const { code, state } = newsSchema.parse(message)
      if (code) emulator.scan({ qr: code, phone: COMPANY })
      if (state === 'connected') resolve()
    })
    child.on('exit', () => reject(new Error(`the process ended: ${output}`)))
  })
  await connected

  const say = async (text: string, isDamaged = false) => {
    await emulator.say({ to: COMPANY, from: ANA, text, isDamaged })
    await emulator.wait({ what: 'acknowledged', phone: COMPANY })
  }
  await say('palabra clave uno')
  // A new session in place of an open one, and a message that no session can read: what libsignal talks about.
  await emulator.forgetSessions({ customer: ANA, phone: COMPANY })
  await say('palabra clave dos')
  await say('palabra clave tres', true)
  const secrets = (await made.rows()).flatMap(({ value }) =>
    secretsIn(open(value, `${owned.tenantId}/${owned.channelId}`)),
  )
  child.send('stop')
  await closed

  expect(secrets.length).toBeGreaterThan(800)
  expect(output).not.toMatch(
    /privKey|rootKey|chainKey|SessionEntry|Closing|Failed to decrypt message with any/i,
  )
  expect(output).not.toContain('palabra clave')
  expect(output).not.toContain(ANA)
  expect(secrets.filter((secret) => output.includes(secret))).toEqual([])
})

/** Every private key and shared secret of a stored row, in the forms in which they might be printed. */
function secretsIn(plain: Buffer): string[] {
  const found: string[] = []
  const look = (value: unknown, name: string): void => {
    if (value instanceof Uint8Array) {
      if (name !== 'private') return
      const bytes = Buffer.from(value)
      found.push(
        bytes.toString('base64'),
        bytes.toString('hex'),
        bytes.toString('hex').match(/../g)?.join(' ') ?? '',
      )
    } else if (name === 'advSecretKey' && typeof value === 'string') found.push(value)
    else if (value && typeof value === 'object')
      for (const [key, each] of Object.entries(value)) look(each, key)
  }
  look(JSON.parse(plain.toString(), BufferJSON.reviver), '')
  return found
}

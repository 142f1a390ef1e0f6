/** Runs the emulator as a process: prints one line of JSON with its addresses, stops on SIGINT or SIGTERM. */
import './silence-libsignal'
import { parseArgs } from 'node:util'
import { startWhatsAppEmulator } from './server'

const { values } = parseArgs({
  options: { port: { type: 'string', default: '0' }, 'control-port': { type: 'string', default: '0' } },
})
const emulator = await startWhatsAppEmulator({
  port: Number(values.port),
  controlPort: Number(values['control-port']),
})
process.stdout.write(`${JSON.stringify({ url: emulator.url, controlUrl: emulator.controlUrl })}\n`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void emulator.close().then(() => process.exit(0)))
}

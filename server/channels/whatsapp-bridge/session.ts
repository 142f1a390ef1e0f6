import type { StartSession } from '@/server/channels/session'
import { env } from '@/server/kernel/env'
import { silenceLibsignal } from './silence-libsignal'

/** A message without an answer by then is sent again, under the same id. */
const ANSWER_WITHIN_MS = 15_000

/** Ten quiet minutes may be a rest; an hour of them is asked once. A phone on a poor line answers within half a minute. */
const PROBE = { quietMs: 10 * 60_000, longestMs: 60 * 60_000, answerMs: 30_000 }

/** Links a number by QR through WhatsApp Web. What is behind it is loaded with the first number, after the silence. */
export const startWhatsappBridge: StartSession = async (host) => {
  silenceLibsignal()
  const { startBridge } = await import('./bridge')
  return startBridge(host, {
    webSocketUrl: env('whatsappWebSocketUrl'),
    answerWithinMs: ANSWER_WITHIN_MS,
    probe: PROBE,
    chance: Math.random,
  })
}

/**
 * libsignal writes whole sessions, private keys included, through console.*; nothing of it may leave the process. It
 * looks console up at each call, so replacing it once is enough. Everything else passes untouched.
 */
const LIBSIGNAL_SAYS =
  /^(Closing session|Opening session|Removing old closed session|Migrating session|Session already|Closing open session|Decrypted message with closed session|Unhandled bucket type|Failed to decrypt message with any known session|Session error|V1 session storage|WARNING: Expected pubkey)/

const silenced = new WeakSet<object>()

/** Call before Baileys is loaded. Calling it again changes nothing. */
export function silenceLibsignal(): void {
  for (const level of ['info', 'log', 'warn', 'error'] as const) {
    const write = console[level]
    if (silenced.has(write)) continue
    const quiet = (...words: unknown[]) => {
      if (typeof words[0] === 'string' && LIBSIGNAL_SAYS.test(words[0])) return
      write.apply(console, words)
    }
    silenced.add(quiet)
    console[level] = quiet
  }
}

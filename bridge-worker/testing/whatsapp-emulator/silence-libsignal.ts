/**
 * libsignal writes whole sessions, private keys included, through console.*; a process that uses it must
 * not let them out. Import this first. Everything that libsignal does not say passes untouched.
 */
const LIBSIGNAL_SAYS =
  /^(Closing session|Opening session|Removing old closed session|Migrating session|Session already|Closing open session|Decrypted message with closed session|Unhandled bucket type|Failed to decrypt message with any known session|Session error|V1 session storage|WARNING: Expected pubkey)/

for (const level of ['info', 'log', 'warn', 'error'] as const) {
  const write = console[level].bind(console)
  console[level] = (...words: unknown[]) => {
    if (typeof words[0] === 'string' && LIBSIGNAL_SAYS.test(words[0])) return
    write(...words)
  }
}

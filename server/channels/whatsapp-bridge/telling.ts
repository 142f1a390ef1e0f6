import type { SessionHost } from '@/server/channels/session'
import { log } from '@/server/kernel/log'

export type Telling = ReturnType<typeof makeTelling>

/**
 * What the screens show about the link, told in the order it happened. A database that is away must not end a session
 * that works, so a failure here is only logged.
 */
export function makeTelling(host: SessionHost) {
  let last: Promise<void> = Promise.resolve()
  const say = (tell: () => Promise<void>) => {
    last = last.then(tell).catch((error: unknown) => {
      log.warn({ err: error, channelId: host.channelId }, 'the state of the link is not told')
    })
  }
  return {
    state: (...change: Parameters<SessionHost['setState']>) => say(() => host.setState(...change)),
    pairing: (...code: Parameters<SessionHost['setPairing']>) => say(() => host.setPairing(...code)),
    address: (address: string) => say(() => host.setAddress(address)),
    /** Resolves when all is told. */
    idle: () => last,
  }
}

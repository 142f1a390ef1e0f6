import type { makeWASocket, NewChatMessageCapInfo } from '@whiskeysockets/baileys'
import type { SessionHost } from '@/server/channels/session'
import { log } from '@/server/kernel/log'

/** While a restriction stands WhatsApp is asked again; it may end earlier than it said, or say no end at all. */
const ASK_AGAIN_MS = 15 * 60_000

type Asked = Pick<ReturnType<typeof makeWASocket>, 'fetchAccountReachoutTimelock' | 'fetchNewChatMessageCap'>

/** WhatsApp's times are seconds, as text. */
const momentOf = (seconds: string | undefined): Date | null => {
  const value = Number(seconds)
  return Number.isFinite(value) && value > 0 ? new Date(value * 1_000) : null
}

function readCap(info: NewChatMessageCapInfo | null | undefined) {
  const { used_quota: used, total_quota: total, cycle_end_timestamp: end } = info ?? {}
  return Number.isSafeInteger(used) &&
    Number.isSafeInteger(total) &&
    total !== undefined &&
    used !== undefined
    ? { used, total, until: momentOf(end) }
    : null
}

/**
 * What WhatsApp says about a number's right to start chats: the reach-out time-lock behind error 463 and the cap on new
 * chats. A question without an answer changes nothing: what is known stays.
 */
export function makeLimits(host: SessionHost, socket: Asked) {
  let timer: NodeJS.Timeout | undefined
  let isOver = false
  const tell = (told: Promise<void>) =>
    told.catch((error: unknown) =>
      log.warn({ err: error, channelId: host.channelId }, 'a limit of WhatsApp is not stored'),
    )

  /** @param wasRefused a message came back with 463, so a lock stands whatever the answer says. */
  const askLock = async (wasRefused: boolean): Promise<void> => {
    clearTimeout(timer)
    const lock = await socket.fetchAccountReachoutTimelock().catch(() => null)
    if (isOver) return
    const stands = lock?.isActive || wasRefused
    if (stands) await tell(host.setRestriction({ until: lock?.timeEnforcementEnds ?? null }))
    else if (lock) await tell(host.setRestriction(null))
    if (stands || !lock) timer = setTimeout(() => void askLock(false), ASK_AGAIN_MS).unref()
  }
  const noteCap = async (info: NewChatMessageCapInfo | null): Promise<void> => {
    const cap = readCap(info)
    if (cap && !isOver) await tell(host.setNewChatCap(cap))
  }
  return {
    /** The link is up: what stood before may be over. */
    askAll: async () => {
      await askLock(false)
      await noteCap(await socket.fetchNewChatMessageCap().catch(() => null))
    },
    refused: () => askLock(true),
    noteCap,
    stop: () => {
      isOver = true
      clearTimeout(timer)
    },
  }
}

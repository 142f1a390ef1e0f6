import type { Readable } from 'node:stream'
import type { TenantId } from '@/server/kernel/database'
import type { ActionTarget, OutgoingMessage, SendResult } from './schema'
import type { ChannelState } from './words'

/** The provider has the file no more, and neither has the phone that sent it. Asking again is in vain. */
export class MediaGone extends Error {
  override name = 'MediaGone'
}

/**
 * What a kind whose connection the worker keeps brings: a session. The worker owns the lease, the journal and the
 * outbox; a session only speaks with the provider.
 */
export type ChannelSession = {
  /** Hands one message to the provider. Expected refusals are answers; it does not throw for them. */
  send: (message: OutgoingMessage, externalId: string | null) => Promise<SendResult>
  /** Sets our reaction on a message, or takes it back (null). Offered when the manifest says so. */
  react?: (target: ActionTarget, emoji: string | null) => Promise<SendResult>
  /** Changes the text of a message of ours. */
  edit?: (target: ActionTarget, text: string) => Promise<SendResult>
  /** Deletes a message of ours for everyone. */
  delete?: (target: ActionTarget) => Promise<SendResult>
  /**
   * The plain bytes of a file that came in, as a stream. @param source of the file as the event brought it.
   * @throws MediaGone when there is none any more; any other error may be tried again. Also the stream may fail.
   */
  fetchMedia?: (source: unknown) => Promise<Readable>
  /** Ends the connection, keeps the credentials. Resolves when nothing of it runs any more. */
  stop: () => Promise<void>
}

/** What the worker hands to a session. */
export type SessionHost = {
  tenantId: TenantId
  channelId: string
  /** Grows with every owner of the channel: writes of an older owner are refused. */
  fence: bigint
  /** Stores what came in and wakes its reader. When it resolves the entry is durable. */
  journal: (orderKey: string, payload: unknown) => Promise<void>
  /** A change of the link: stored with its history, shown on every screen. The same state again is no change. */
  setState: (state: ChannelState, why?: { reason?: string; code?: number }) => Promise<void>
  /** The pairing code to show; null when there is none. `again`: the provider asked for a second scan. */
  setPairing: (pairing: { code: string; again: boolean; expiresAt: Date } | null) => Promise<void>
  /** The connected account as people write it, such as +57 300 555 0143. */
  setAddress: (address: string) => Promise<void>
  /** Whether no other channel of the company has this account: two links would store every message twice. */
  isAddressFree: (address: string) => Promise<boolean>
  /** WhatsApp lets the number start no chats until then; null: it does. */
  setRestriction: (lock: { until: Date | null } | null) => Promise<void>
  /** How many chats WhatsApp lets the number start. */
  setNewChatCap: (cap: { used: number; total: number; until: Date | null }) => Promise<void>
  /** A new socket was not enough: the worker ends this session and starts another. */
  askForNewSession: () => Promise<void>
  /** The protos of our own sent messages, by the provider's id, for 14 days: a receiver may ask again. */
  sentText: (externalId: string) => Promise<string | null>
}

export type StartSession = (host: SessionHost) => Promise<ChannelSession>

import { DomainError } from '@/server/kernel/errors'
import type { ChannelEvent, ChannelManifest } from './schema'
import { readInbound as readSimulator } from './simulator/inbound'
import { manifest as simulator } from './simulator/manifest'
import { externalIdFor as simulatorId } from './simulator/outbound'
import { readInbound as readWhatsappBridge } from './whatsapp-bridge/inbound'
import { manifest as whatsappBridge } from './whatsapp-bridge/manifest'
import { externalIdFor as whatsappBridgeId } from './whatsapp-bridge/outbound'

/** What every channel kind brings. A new channel is one folder and one line here. */
export type ChannelKind = {
  manifest: ChannelManifest
  /** Journal payload -> events. Pure; throws on a payload that it cannot read. */
  readInbound: (payload: unknown) => ChannelEvent[]
  /** The provider's id of a message of ours, when it is ours to choose. */
  externalIdFor: (messageId: string) => string | null
}

const channelKinds: Record<string, ChannelKind> = {
  simulator: { manifest: simulator, readInbound: readSimulator, externalIdFor: simulatorId },
  'whatsapp-bridge': {
    manifest: whatsappBridge,
    readInbound: readWhatsappBridge,
    externalIdFor: whatsappBridgeId,
  },
}

/** @throws DomainError INVALID for a kind that nobody brought. */
export function channelKind(kind: string): ChannelKind {
  const found = channelKinds[kind]
  if (!found) throw new DomainError('INVALID', 'channelKindUnknown', { field: 'kind' })
  return found
}

import type { StartSession } from '@/server/channels/session'
import { startSimulator } from '@/server/channels/simulator/session'
import { startWhatsappBridge } from '@/server/channels/whatsapp-bridge/session'

/** Kind -> session. The other half of channels/registry, which the site may not load. */
export const sessionStarters: Record<string, StartSession> = {
  simulator: startSimulator,
  'whatsapp-bridge': startWhatsappBridge,
}

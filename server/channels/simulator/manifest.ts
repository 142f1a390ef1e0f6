import type { ChannelManifest } from '@/server/channels/schema'
import { LARGEST_BYTES } from '@/server/media/rules'

/** The phone in the page: first run, demo, training and end-to-end tests. A real channel through the same pipeline. */
export const manifest: ChannelManifest = {
  kind: 'simulator',
  connection: 'none',
  buttons: false,
  receipts: true,
  replyWindowHours: null,
  unknownOutcome: 'resend-same-id',
  paceMs: 0,
  edits: 15,
  deletes: 60 * 48,
  reactions: true,
  quotes: true,
  files: LARGEST_BYTES,
}

import type { ChannelManifest } from '@/server/channels/schema'
import { LARGEST_BYTES } from '@/server/media/rules'

/** A number linked by QR through WhatsApp Web (Baileys): not an official service of WhatsApp. */
export const manifest: ChannelManifest = {
  kind: 'whatsapp-bridge',
  connection: 'session',
  buttons: false,
  receipts: true,
  replyWindowHours: null,
  // The receiver drops a repeated id. Proven against the emulator; not yet against a real phone.
  unknownOutcome: 'resend-same-id',
  paceMs: 250,
  // WhatsApp's own windows: a quarter of an hour to edit, two days to delete for everyone.
  edits: 15,
  deletes: 60 * 48,
  reactions: true,
  quotes: true,
  files: LARGEST_BYTES,
}

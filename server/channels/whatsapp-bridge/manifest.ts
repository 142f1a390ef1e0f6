import type { ChannelManifest } from '@/server/channels/schema'

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
  edits: null,
  deletes: null,
  reactions: false,
  quotes: false,
  files: {},
}

import { useTranslations } from 'next-intl'

const REASONS = [
  'scanned',
  'connection-lost',
  'restart-required',
  'removed-on-phone',
  'refused-by-whatsapp',
  'used-elsewhere',
  'multi-device-off',
  'bad-session',
  'nobody-scanned',
  'no-echo',
  'already-connected',
] as const

/** The reason in words; one that has none stays unsaid, because the state already says what matters. */
export function Why({ reason }: { reason: string | null }) {
  const t = useTranslations('channels.reason')
  const known = REASONS.find((candidate) => candidate === reason)
  return known ? t(known) : null
}

type ChannelBadgeProps = {
  /** The channel's kind, as its manifest names it; an unknown one gets the plain mark. */
  kind: string
  size?: number
}

/** The channel's own mark, in its own colours. Silent: the name of the channel stands beside it or is not needed. */
export function ChannelBadge({ kind, size = 16 }: ChannelBadgeProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden="true">
      {MARKS[kind] ?? PLAIN}
    </svg>
  )
}

const BUBBLE = 'M12 3a9 9 0 0 0-7.8 13.4L3 21l4.7-1.2A9 9 0 1 0 12 3Z'
const RECEIVER =
  'M9.3 7.6c-.2-.4-.4-.4-.6-.4h-.5c-.2 0-.5.1-.7.4-.3.3-1 .9-1 2.2s1 2.6 1.1 2.7c.1.2 1.9 3 4.7 4.1 2.3.9 2.8.7 3.3.7.5-.1 1.6-.7 1.8-1.3.2-.6.2-1.2.2-1.3-.1-.1-.3-.2-.5-.3l-1.7-.8c-.2-.1-.4-.1-.6.1l-.8 1c-.1.2-.3.2-.5.1-.3-.1-1.1-.4-2.1-1.3-.8-.7-1.3-1.6-1.4-1.8-.2-.3 0-.4.1-.5l.4-.5.3-.4v-.5Z'

const PLAIN = <path d={BUBBLE} fill="var(--ink-3)" />

// Colours of other companies' marks, not of ours: they stay the same in both schemes.
const MARKS: Record<string, React.ReactNode> = {
  'whatsapp-bridge': (
    <>
      <path d={BUBBLE} fill="#1fa855" />
      <path d={RECEIVER} fill="#fff" />
    </>
  ),
  'whatsapp-cloud': (
    <>
      <path d={BUBBLE} fill="#0d7a5f" />
      <path
        d="M8 12.3l2.7 2.7 5.3-5.6"
        stroke="#fff"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  ),
  instagram: (
    <>
      <rect x="3" y="3" width="18" height="18" rx="5.5" fill="#c63a72" />
      <circle cx="12" cy="12" r="4" stroke="#fff" strokeWidth="2" />
      <circle cx="17" cy="7" r="1.3" fill="#fff" />
    </>
  ),
  simulator: (
    <>
      <rect x="5" y="2.5" width="14" height="19" rx="3.5" fill="var(--ink-3)" />
      <rect x="7.5" y="5.5" width="9" height="10.5" rx="1" fill="var(--surface)" />
    </>
  ),
}

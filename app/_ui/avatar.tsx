import styles from './avatar.module.css'

type AvatarProps = {
  /** Picks one of eight colour pairs, always the same for the same id. */
  id: string
  initials: string
  size?: 20 | 24 | 28 | 32 | 36 | 48
  /** Read aloud instead of the initials; leave out where the name stands beside it. */
  name?: string
}

export function Avatar({ id, initials, size = 20, name }: AvatarProps) {
  const pair = colorPairOf(id)
  return (
    <span
      className={`${styles.avatar} ${styles[`s${size}`]}`}
      style={{ background: `var(--av-${pair})`, color: `var(--av-${pair}-ink)` }}
      {...(name ? { role: 'img', 'aria-label': name } : { 'aria-hidden': true })}
    >
      {initials}
    </span>
  )
}

/** Which of the eight pairs (1 to 8) an id wears. */
export function colorPairOf(id: string): number {
  // FNV-1a: ids of one moment differ only in a few last digits, and must not share a colour.
  let hash = 0x811c9dc5
  for (let index = 0; index < id.length; index += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193)
  }
  return ((hash >>> 0) % 8) + 1
}

/**
 * Two letters for a name: first and last word ("Jorge Luis Cárdenas" gives JC), the last two digits of a
 * phone number, two letters of a single word or of an @name. Capitals without accents. Never empty.
 */
export function initialsOf(name: string): string {
  const trimmed = name.trim()
  if (/^\+?[\d\s().-]+$/.test(trimmed)) return trimmed.replace(/\D/g, '').slice(-2) || '?'
  const words = trimmed.split(/[\s.@_-]+/).filter((word) => /\p{L}|\p{N}/u.test(word))
  const first = words[0]
  if (!first) return '?'
  const last = words.length > 1 ? words[words.length - 1] : undefined
  const letters = last ? firstSign(first) + firstSign(last) : [...first].slice(0, 2).join('')
  return withoutAccents(letters).toLocaleUpperCase()
}

function firstSign(word: string): string {
  return [...word].find((sign) => /\p{L}|\p{N}/u.test(sign)) ?? ''
}

/** "Ó" becomes "O"; the tilde of "Ñ" and the cedilla make other letters and stay. */
function withoutAccents(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u0302\u0308]/g, '')
    .normalize('NFC')
}

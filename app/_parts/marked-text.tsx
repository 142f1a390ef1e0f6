import type { ReactNode } from 'react'
import styles from './message-bubble.module.css'
import { readMarkup, type TextPiece } from './read-markup'

/** A message's text with its marks and addresses. Elements only: nothing of the text is ever read as HTML. */
export function MarkedText({ text }: { text: string }) {
  return draw(readMarkup(text))
}

function draw(pieces: readonly TextPiece[]): ReactNode[] {
  return pieces.map((piece, index) => {
    // Pieces of one message never change their places.
    const at = `${index}`
    switch (piece.kind) {
      case 'plain':
        return piece.text
      case 'bold':
        return <b key={at}>{draw(piece.pieces)}</b>
      case 'italic':
        return <i key={at}>{draw(piece.pieces)}</i>
      case 'strike':
        return <s key={at}>{draw(piece.pieces)}</s>
      case 'mono':
        return (
          <code key={at} className={styles.mono}>
            {piece.text}
          </code>
        )
      case 'link':
        return (
          <a
            key={at}
            className={styles.link}
            href={piece.href}
            target="_blank"
            rel="noopener noreferrer nofollow"
          >
            {piece.text}
          </a>
        )
      default:
        return piece satisfies never
    }
  })
}

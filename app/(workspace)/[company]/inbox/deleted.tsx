import { Trash2 } from 'lucide-react'
import styles from './deleted.module.css'

/** A message that was deleted for everyone: who and when, and the words that are kept. */
export function Deleted({ words, text }: { words: string; text: string }) {
  return (
    <>
      <p className={styles.words}>
        <Trash2 size={13} aria-hidden="true" />
        {words}
      </p>
      {text === '' ? null : <span className={styles.text}>{text}</span>}
    </>
  )
}

import { type TextareaHTMLAttributes, useId } from 'react'
import styles from './editor.module.css'

type TextAreaProps = TextareaHTMLAttributes<HTMLTextAreaElement> & { label: string; help?: string }

/** A labelled text of several lines that grows with what is written. */
export function TextArea({ label, help, ...area }: TextAreaProps) {
  const id = useId()
  return (
    <div className={styles.area}>
      <label htmlFor={id}>{label}</label>
      <textarea {...area} id={id} rows={2} aria-describedby={help ? `${id}-help` : undefined} />
      {help ? <p id={`${id}-help`}>{help}</p> : null}
    </div>
  )
}

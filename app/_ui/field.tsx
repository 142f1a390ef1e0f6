import { ChevronDown } from 'lucide-react'
import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, useId } from 'react'
import styles from './field.module.css'

type Around = { label: string; help?: string | undefined; error?: string | undefined; aside?: ReactNode }

type TextFieldProps = Around & InputHTMLAttributes<HTMLInputElement>

/** A labelled text field; the error is tied to it for screen readers. */
export function TextField({ label, help, error, aside, ...input }: TextFieldProps) {
  const id = useId()
  return (
    <FieldFrame id={id} label={label} help={help} error={error} aside={aside}>
      <input
        {...input}
        id={id}
        className={styles.control}
        aria-invalid={error ? true : undefined}
        aria-describedby={error || help ? `${id}-help` : undefined}
      />
    </FieldFrame>
  )
}

type SelectFieldProps = Around & SelectHTMLAttributes<HTMLSelectElement>

export function SelectField({ label, help, error, aside, children, ...select }: SelectFieldProps) {
  const id = useId()
  return (
    <FieldFrame id={id} label={label} help={help} error={error} aside={aside}>
      <span className={styles.select}>
        <select {...select} id={id} className={styles.control}>
          {children}
        </select>
        <ChevronDown size={16} aria-hidden="true" />
      </span>
    </FieldFrame>
  )
}

function FieldFrame({
  id,
  label,
  help,
  error,
  aside,
  children,
}: Around & { id: string; children: ReactNode }) {
  return (
    <div className={styles.field}>
      <div className={styles.head}>
        <label htmlFor={id} className={styles.label}>
          {label}
        </label>
        {aside}
      </div>
      {children}
      {error || help ? (
        <p
          id={`${id}-help`}
          className={error ? styles.error : styles.help}
          role={error ? 'alert' : undefined}
        >
          {error ?? help}
        </p>
      ) : null}
    </div>
  )
}

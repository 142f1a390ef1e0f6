'use client'

import { type ReactNode, useId } from 'react'
import styles from './segmented.module.css'

type SegmentedProps<Value extends string> = {
  label: string
  /** Null: nothing is chosen, or not known yet. */
  value: Value | null
  choices: { value: Value; label: string; icon?: ReactNode }[]
  onChange: (value: Value) => void
}

/** One of a few, all in sight: radio buttons drawn as one piece. */
export function Segmented<Value extends string>({ label, value, choices, onChange }: SegmentedProps<Value>) {
  const name = useId()
  return (
    <fieldset className={styles.segmented}>
      <legend className={styles.legend}>{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className={styles.choice}>
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          {choice.icon}
          {choice.label}
        </label>
      ))}
    </fieldset>
  )
}

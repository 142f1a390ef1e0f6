'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import type { FormOutcome } from './form-outcome'

type Refusal = { field?: string; message: string }

type FormInput<Name extends string> = {
  /** Runs before anything is sent; returns what is wrong, at its field, or nothing. */
  check: (values: Record<Name, string>) => { field: Name; message: string } | null
  onSubmit: (values: Record<Name, string>) => Promise<FormOutcome>
  onDone: (values: Record<Name, string>) => void
}

/**
 * One plain form: reads its fields by name, checks, sends once, and keeps what went wrong. After success it
 * stays busy, because the page is about to change.
 */
export function useForm<Name extends string>(
  names: readonly Name[],
  { check, onSubmit, onDone }: FormInput<Name>,
) {
  const t = useTranslations('errors')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [isBusy, setBusy] = useState(false)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const data = new FormData(form)
    const values = Object.fromEntries(names.map((name) => [name, String(data.get(name) ?? '')])) as Record<
      Name,
      string
    >
    const wrong = check(values)
    if (wrong) {
      setRefusal(wrong)
      focusField(form, wrong.field)
      return
    }
    setBusy(true)
    setRefusal(null)
    const outcome = await onSubmit(values).catch((): FormOutcome => ({ ok: false, message: t('network') }))
    if (outcome.ok) {
      onDone(values)
      return
    }
    setBusy(false)
    setRefusal(outcome)
    focusField(form, outcome.field)
  }

  return {
    submit,
    isBusy,
    /** Said above the button: a refusal that belongs to no field. */
    formError: refusal && !refusal.field ? refusal.message : undefined,
    errorAt: (name: Name) => (refusal?.field === name ? refusal.message : undefined),
  }
}

function focusField(form: HTMLFormElement, field: string | undefined) {
  if (field === undefined) return
  const control = form.elements.namedItem(field)
  if (control instanceof HTMLElement) control.focus()
}

/** Whether an address has a name, an @ and a dotted end. The server decides; this only catches slips. */
export function looksLikeEmail(text: string): boolean {
  return /^\S+@\S+\.\S{2,}$/.test(text.trim())
}

export const SHORTEST_PASSWORD = 10

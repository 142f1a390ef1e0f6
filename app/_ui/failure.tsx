'use client'

import { CloudAlert, Copy } from 'lucide-react'
import { Button } from './button'
import { EmptyState } from './empty-state'

type FailureProps = {
  title: string
  /** What is safe. */
  children: string
  retryLabel: string
  onRetry: () => void
  /** A code to quote; copied on click. */
  code?: { value: string; label: string } | undefined
}

/** A part that could not be shown: what happened, what is safe, what to do, and a code to copy. */
export function Failure({ title, children, retryLabel, onRetry, code }: FailureProps) {
  return (
    <EmptyState
      tone="bad"
      icon={<CloudAlert size={20} />}
      title={title}
      actions={
        <>
          <Button look="primary" onClick={onRetry}>
            {retryLabel}
          </Button>
          {code ? (
            <Button
              look="ghost"
              icon={<Copy size={14} aria-hidden="true" />}
              onClick={() => void navigator.clipboard.writeText(code.value)}
            >
              {code.label}
            </Button>
          ) : null}
        </>
      }
    >
      {children}
    </EmptyState>
  )
}
